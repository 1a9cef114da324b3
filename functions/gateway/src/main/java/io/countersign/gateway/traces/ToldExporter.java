package io.countersign.gateway.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/** Tells the operator, once a minute at most, of spans that the collector did not take. The exporter's own lines, a stack trace each, are off in {@code application.properties}. */
final class ToldExporter implements SpanExporter {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(ToldExporter.class.getName());

    private final SpanExporter exporter;
    private final InstantSource clock;
    private Optional<Instant> told = Optional.empty();
    /** Those of which no line tells yet. */
    private long lost;

    ToldExporter(SpanExporter exporter, InstantSource clock) {
        this.exporter = exporter;
        this.clock = clock;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (!result.isSuccess()) {
                lose(count, Optional.ofNullable(result.getFailureThrowable()));
            }
        });
    }

    private synchronized void lose(int count, Optional<Throwable> failure) {
        lost += count;
        Instant now = clock.instant();
        // A clock that was set back silences nothing.
        boolean early = told.isPresent() && now.isBefore(told.get().plus(INTERVAL)) && !now.isBefore(told.get());
        if (!early) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "event=traces-not-exported spans=" + lost + " reason=\"the collector does not take them"
                            + failure.map(ToldExporter::named).orElse("")
                            + "; start it, or correct or unset countersign.otel.endpoint\"");
            told = Optional.of(now);
            lost = 0;
        }
    }

    /** By its kind: texts of the network are not of one line. */
    private static String named(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof UncheckedIOException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return " (" + cause.getClass().getSimpleName() + ")";
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
