package io.countersign.gateway.metrics;

import io.countersign.gateway.tasks.BackgroundThread;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Outages;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.RegistryStore;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** All metrics of one gateway. */
public final class GatewayMetrics implements AutoCloseable {
    /** The census does not begin at once: it would compete with the start. */
    private static final Duration BEFORE_CENSUS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_CENSUSES = Duration.ofMinutes(1);

    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final DecisionMetrics decisions = new DecisionMetrics(metrics);
    private final BackgroundThread thread = new BackgroundThread("census", Outages::log);

    /** @param version of this program */
    public GatewayMetrics(String version) {
        Info build = Info.builder()
                .name("countersign_build_info")
                .help("The version of this program.")
                .labelNames("version")
                .register(metrics);
        build.setLabelValues(version);
        JvmMemoryMetrics.builder().register(metrics);
        JvmGarbageCollectorMetrics.builder().register(metrics);
        JvmThreadsMetrics.builder().register(metrics);
        ProcessMetrics.builder().register(metrics);
    }

    /** Counts the decisions that it is told. */
    public DecisionSink decisions() {
        return decisions;
    }

    /** The endpoint that answers a scrape. */
    public MetricsEndpoint endpoint() {
        return new MetricsEndpoint(metrics);
    }

    /** Returns the store with every call timed. Call it once. */
    public RegistryStore timed(RegistryStore store) {
        return RegistryMetrics.timed(store, metrics);
    }

    /**
     * Watches the cache of a registry, and counts the records of its store once a minute. Call it once.
     *
     * @param store is read on a thread of its own
     */
    public void watch(KeyRegistry registry, RegistryStore store, InstantSource clock) {
        RegistryCensus census = new RegistryCensus(store, clock.instant());
        RegistryMetrics.ofCache(registry, metrics);
        RegistryMetrics.ofCensus(census, metrics);
        thread.repeat(BEFORE_CENSUS, BETWEEN_CENSUSES, () -> census.take(clock.instant()));
    }

    /**
     * Watches the log of decisions. Call it once.
     *
     * @param lost the decisions that it lost since the start
     */
    public void watchLog(LongSupplier lost) {
        CounterWithCallback.builder()
                .name("countersign_decision_log_lost")
                .help("Decisions that are not in the decision log, because its disk or pipe did not take them.")
                .callback(value -> value.call(lost.getAsLong()))
                .register(metrics);
    }

    @Override
    public void close() {
        thread.close();
    }
}
