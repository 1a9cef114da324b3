package io.countersign.gateway.metrics;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** {@code GET /metrics}: all metrics as Prometheus text 0.0.4, or as OpenMetrics where {@code Accept} names it. Reads nothing from the store. */
public final class MetricsEndpoint implements Endpoint {
    private final PrometheusRegistry metrics;
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    MetricsEndpoint(PrometheusRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public Reply handle(Call call, Instant now) {
        ExpositionFormatWriter writer =
                call.headerValues("Accept").stream().anyMatch(openMetrics::accepts) ? openMetrics : text;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, metrics.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(
                200,
                List.of(new Header("Content-Type", writer.getContentType()), new Header("Cache-Control", "no-store")),
                Bytes.of(out.toByteArray()));
    }
}
