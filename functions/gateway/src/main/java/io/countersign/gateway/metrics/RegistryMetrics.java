package io.countersign.gateway.metrics;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.TimedStore;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/** The metrics of the registry: its store, its cache and what it holds. */
final class RegistryMetrics {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] BOUNDS = {
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
    };

    private RegistryMetrics() {}

    /** Returns the store with every call timed. */
    static RegistryStore timed(RegistryStore store, PrometheusRegistry metrics) {
        DistributionDataPoint seconds = Histogram.builder()
                .name("countersign_store_seconds")
                .help("Duration of each call of the store, failed ones too.")
                .classicOnly()
                .classicUpperBounds(BOUNDS)
                .withoutExemplars()
                .register(metrics);
        return new TimedStore(() -> store, nanos -> seconds.observe(nanos / NANOS_PER_SECOND));
    }

    static void ofCache(KeyRegistry registry, PrometheusRegistry metrics) {
        CounterWithCallback.builder()
                .name("countersign_cache_hits")
                .help("Look-ups of records that the cache answered.")
                .callback(value -> value.call(registry.cacheUse().hits()))
                .register(metrics);
        CounterWithCallback.builder()
                .name("countersign_cache_misses")
                .help("Look-ups of records that the store answered.")
                .callback(value -> value.call(registry.cacheUse().misses()))
                .register(metrics);
    }

    static void ofCensus(RegistryCensus census, PrometheusRegistry metrics) {
        gauge("countersign_keys_due", "Owners of access keys with a step of rotation that is due.")
                .callback(when(census, (result, value) -> value.call(result.due())))
                .register(metrics);
        gauge("countersign_events_waiting", "Events that were not sent yet.")
                .callback(when(census, (result, value) -> value.call(result.waiting())))
                .register(metrics);
        gauge(
                        "countersign_census_timestamp_seconds",
                        "When keys_due and events_waiting were counted, or the start before they were. The keys are counted every five minutes.")
                .callback(value -> value.call(census.countedAt().getEpochSecond()))
                .register(metrics);
        gauge("countersign_keys", "Access keys by status, without deleted ones.")
                .labelNames("status")
                .callback(when(census, RegistryMetrics::keys))
                .register(metrics);
    }

    private static GaugeWithCallback.Builder gauge(String name, String help) {
        return GaugeWithCallback.builder().name(name).help(help);
    }

    private static void keys(RegistryCensus.Result result, GaugeWithCallback.Callback value) {
        for (KeyStatus status : KeyStatus.values()) {
            if (status != KeyStatus.DELETED) {
                value.call(result.keys().getOrDefault(status, 0), status.text());
            }
        }
    }

    private interface Reading {
        void of(RegistryCensus.Result result, GaugeWithCallback.Callback value);
    }

    /** A gauge of what was counted has no value before the first count. */
    private static Consumer<GaugeWithCallback.Callback> when(RegistryCensus census, Reading reading) {
        return value -> census.last().ifPresent(result -> reading.of(result, value));
    }
}
