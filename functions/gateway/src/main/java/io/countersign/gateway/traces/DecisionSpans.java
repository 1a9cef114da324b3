package io.countersign.gateway.traces;

import io.countersign.gateway.metrics.CodeLabels;
import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Outcome;
import io.countersign.identity.TrustedProxies;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Sends a span of each decision to a collector. A span has the face, the outcome and the code, and nothing that a caller wrote but the ids of a trusted proxy's {@code traceparent}, whose flag decides whether there is a
 * span. The queue is bounded: with a collector that is slow or dead, spans are dropped, and decisions do not wait.
 */
public final class DecisionSpans implements DecisionSink, AutoCloseable {
    private static final int QUEUE = 2_048;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long CLOSE_SECONDS = 2;

    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("countersign.outcome");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("countersign.code");

    private final CodeLabels codes = CodeLabels.ofThisProgram();
    private final TrustedProxies proxies;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private DecisionSpans(TrustedProxies proxies, SdkTracerProvider provider) {
        this.proxies = proxies;
        this.provider = provider;
        this.tracer = provider.get("io.countersign");
    }

    /** @param endpoint the base URL of the collector */
    public static DecisionSpans to(URI endpoint, TrustedProxies proxies, String version) {
        String base = endpoint.toString();
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint((base.endsWith("/") ? base : base + "/") + "v1/traces")
                .setTimeout(TIMEOUT)
                .setConnectTimeout(TIMEOUT)
                .build();
        Resource resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                "countersign",
                AttributeKey.stringKey("service.version"),
                version));
        return new DecisionSpans(
                proxies,
                SdkTracerProvider.builder()
                        .setResource(resource)
                        .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                        .addSpanProcessor(BatchSpanProcessor.builder(new ToldExporter(exporter, InstantSource.system()))
                                .setMaxQueueSize(QUEUE)
                                .setScheduleDelay(Duration.ofSeconds(1))
                                .setExporterTimeout(TIMEOUT)
                                .build())
                        .build());
    }

    @Override
    public void tell(DecisionRecord decision) {
        Span span = tracer.spanBuilder(decision.face())
                .setParent(TraceParent.of(decision, proxies))
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(decision.at().minusNanos(decision.nanos()))
                .startSpan();
        if (span.isRecording()) {
            span.setAttribute(ROUTE, decision.face());
            span.setAttribute(OUTCOME, decision.outcome().text());
            span.setAttribute(CODE, codes.of(decision.code()));
            if (decision.outcome() == Outcome.FAILED) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end(decision.at());
    }

    /** Sends the waiting spans, for two seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
