package io.countersign.gateway.metrics;

import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.signing.SignatureVersion;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Counts decisions. Counting waits for no lock. */
final class DecisionMetrics implements DecisionSink {
    /** The most faces with labels of their own. Routes name faces, not callers, so no more are expected. */
    private static final int MAX_FACES = 64;

    private static final String OTHER_FACE = "other";
    private static final double NANOS_PER_SECOND = 1e9;

    /** In seconds, from a decision with a warm cache to one that waits for another service. */
    private static final double[] BOUNDS = {
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private final CodeLabels codes = CodeLabels.ofThisProgram();
    private final Counter decisions;
    private final Histogram seconds;
    private final Map<String, FaceMetrics> faces = new ConcurrentHashMap<>();
    private final Map<String, CounterDataPoint> signatures;

    DecisionMetrics(PrometheusRegistry registry) {
        this.decisions = Counter.builder()
                .name("countersign_decisions")
                .help("Answered calls by face, outcome (allowed, refused, failed) and code (OK without one).")
                .labelNames("face", "outcome", "code")
                .withoutExemplars()
                .register(registry);
        this.seconds = Histogram.builder()
                .name("countersign_decision_seconds")
                .help("Time from the arrival of a call's head to its reply.")
                .labelNames("face")
                .classicOnly()
                .classicUpperBounds(BOUNDS)
                .withoutExemplars()
                .register(registry);
        Counter all = Counter.builder()
                .name("countersign_signatures")
                .help("Judged requests with a signature, valid or not, by its version.")
                .labelNames("version")
                .withoutExemplars()
                .register(registry);
        this.signatures = Arrays.stream(SignatureVersion.values())
                .collect(Collectors.toUnmodifiableMap(
                        SignatureVersion::name, version -> all.labelValues(version.name())));
    }

    @Override
    public void tell(DecisionRecord decision) {
        face(decision.face()).count(decision.outcome(), codes.of(decision.code()), decision.nanos() / NANOS_PER_SECOND);
        if (decision.facts().judged()) {
            Optional<CounterDataPoint> signature =
                    decision.facts().signatureVersion().map(signatures::get);
            if (signature.isPresent()) {
                signature.get().inc();
            }
        }
    }

    private FaceMetrics face(String path) {
        FaceMetrics known = faces.get(path);
        if (known != null) {
            return known;
        }
        String label = faces.size() < MAX_FACES ? path : OTHER_FACE;
        return faces.computeIfAbsent(label, face -> new FaceMetrics(face, decisions, seconds.labelValues(face)));
    }
}
