package io.countersign.gateway.metrics;

import io.countersign.gateway.watch.DecisionSink;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.RegistryStore;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** All metrics of one gateway. */
public final class GatewayMetrics implements AutoCloseable {
    private static final long CENSUS_SECONDS = 60;

    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final DecisionMetrics decisions = new DecisionMetrics(metrics);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("census").daemon().factory());

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
        RegistryCensus census = new RegistryCensus(store);
        RegistryMetrics.ofCache(registry, metrics);
        RegistryMetrics.ofCensus(census, metrics);
        // Not at once: it would compete with the start.
        thread.scheduleWithFixedDelay(() -> take(census, clock), 1, CENSUS_SECONDS, TimeUnit.SECONDS);
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

    /** A periodic task never runs again after it has thrown. */
    private static void take(RegistryCensus census, InstantSource clock) {
        try {
            census.take(clock.instant());
        } catch (RuntimeException e) {
            System.getLogger(GatewayMetrics.class.getName())
                    .log(System.Logger.Level.WARNING, "event=failure of=census reason=\"{0}\"", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
