package io.countersign.gateway.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.LoggedLines;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ToldExporterTest {
    private CompletableResultCode answer =
            CompletableResultCode.ofExceptionalFailure(new UncheckedIOException(refused()));
    private Instant now = Instant.parse("2026-12-01T10:00:00Z");

    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new ToldExporter(new Collector(), () -> now)))
            .build();

    @Test
    void aCollectorThatIsDownIsToldInOneLineAMinute() {
        try (LoggedLines log = new LoggedLines(ToldExporter.class)) {
            export(3);
            assertThat(log.lines())
                    .containsExactly(
                            "event=traces-not-exported spans=1 reason=\"the collector does not take them (ConnectException);"
                                    + " start it, or correct or unset countersign.otel.endpoint\"");
            now = now.plus(ToldExporter.INTERVAL);
            export(1);
            assertThat(log.lines()).hasSize(2).last().asString().startsWith("event=traces-not-exported spans=3 ");
            now = now.minus(Duration.ofHours(1));
            export(1);
            assertThat(log.lines()).hasSize(3);
        }
    }

    @Test
    void aFailureWithoutACauseIsToldToo() {
        answer = CompletableResultCode.ofFailure();
        try (LoggedLines log = new LoggedLines(ToldExporter.class)) {
            export(1);
            assertThat(log.lines()).singleElement().asString().contains("does not take them; start it");
        }
    }

    @Test
    void whatTheCollectorTakesIsNotTold() {
        answer = CompletableResultCode.ofSuccess();
        try (LoggedLines log = new LoggedLines(ToldExporter.class)) {
            export(2);
            assertThat(log.lines()).isEmpty();
        }
    }

    /** They are a stack trace of many lines for each try. */
    @Test
    void theLinesOfTheExporterItselfAreOff() throws Exception {
        Properties properties = new Properties();
        properties.load(Objects.requireNonNull(ToldExporter.class.getResourceAsStream("/application.properties")));
        assertThat(properties.getProperty("quarkus.log.category.\"io.opentelemetry.exporter\".level"))
                .isEqualTo("OFF");
    }

    /** As Java's client of HTTP has it. */
    private static IOException refused() {
        ConnectException refused = new ConnectException("refused\nhttp://127.0.0.1:4318");
        refused.initCause(new ClosedChannelException());
        return refused;
    }

    private void export(int spans) {
        for (int i = 0; i < spans; i++) {
            provider.get("test").spanBuilder("/token").startSpan().end();
        }
    }

    private final class Collector implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return answer;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
