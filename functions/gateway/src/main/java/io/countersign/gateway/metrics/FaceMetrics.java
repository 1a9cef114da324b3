package io.countersign.gateway.metrics;

import io.countersign.http.Outcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of one face. Each is looked up in the library once, because that look-up allocates. */
final class FaceMetrics {
    private final String face;
    private final Counter decisions;
    private final DistributionDataPoint seconds;
    private final Map<Outcome, Map<String, CounterDataPoint>> counters = new EnumMap<>(Outcome.class);

    FaceMetrics(String face, Counter decisions, DistributionDataPoint seconds) {
        this.face = face;
        this.decisions = decisions;
        this.seconds = seconds;
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, new ConcurrentHashMap<>());
        }
    }

    /** @param code a label of {@link CodeLabels} */
    void count(Outcome outcome, String code, double duration) {
        counter(outcome, code).inc();
        seconds.observe(duration);
    }

    private CounterDataPoint counter(Outcome outcome, String code) {
        Map<String, CounterDataPoint> known = counters.getOrDefault(outcome, Map.of());
        CounterDataPoint counter = known.get(code);
        return counter == null
                ? known.computeIfAbsent(code, label -> decisions.labelValues(face, outcome.text(), label))
                : counter;
    }
}
