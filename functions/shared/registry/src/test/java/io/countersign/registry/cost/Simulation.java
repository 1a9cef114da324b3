package io.countersign.registry.cost;

import io.countersign.oss.Target;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Signed requests at {@code /verify}, on the registry's own reading side and its own cache, over a table that is made up. Time is simulated, so that the
 * result depends on nothing but the load and the seed.
 */
final class Simulation {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration UNKNOWN = Duration.ofSeconds(1);
    private static final String ENDPOINT = ".oss-cn-hangzhou.aliyuncs.com";
    private static final long SEED = 20_261_122L;
    private static final long NANOS = 1_000_000_000L;

    private final Load load;
    private final SyntheticStore store;
    private final List<KeyRegistry> instances = new ArrayList<>();
    private final RandomGenerator random = Seeds.always(SEED);
    private final Zipf keys;
    private final Zipf buckets;
    private long requests;

    Simulation(Load load) {
        this.load = load;
        Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());
        this.store = new SyntheticStore(sealer);
        Duration known = Duration.ofSeconds(load.ttlSeconds());
        CacheSettings.Bounds bounds =
                new CacheSettings.Bounds(known, known.compareTo(UNKNOWN) < 0 ? known : UNKNOWN, load.entries());
        for (int i = 0; i < load.instances(); i++) {
            instances.add(new KeyRegistry(store, sealer, bounds));
        }
        this.keys = new Zipf(load.keys(), load.exponent());
        this.buckets = new Zipf(load.buckets(), load.exponent());
    }

    /** Lets the caches fill, then counts. */
    Result run(int warmUpSeconds, int seconds) throws StoreUnavailable {
        serve(warmUpSeconds);
        store.reset();
        serve(seconds);
        double served = (double) load.perSecond() * seconds;
        return new Result(store.batches() / served, store.units() / (double) seconds);
    }

    private void serve(int seconds) throws StoreUnavailable {
        for (long i = 0; i < (long) seconds * load.perSecond(); i++) {
            Instant now = START.plusNanos(requests * (NANOS / load.perSecond()));
            requests++;
            String bucket = SyntheticStore.bucket(buckets.draw(random));
            Facts.Query query = new Facts.Query(
                    Optional.of(SyntheticStore.keyId(keys.draw(random))),
                    Set.of(bucket),
                    Optional.of(new Target.ObjectKey(bucket, "object-" + random.nextInt(load.objects()))));
            ask(instances.get(random.nextInt(load.instances())), bucket, query, now);
        }
    }

    /** As the verifier does: whether the host is somebody's custom domain, which is asked of every host, then all the rest. */
    private static void ask(KeyRegistry registry, String bucket, Facts.Query query, Instant now)
            throws StoreUnavailable {
        registry.bucketOfDomain(bucket + ENDPOINT, ReadAhead.of(new ReadAhead.Hint.OfFacts(query)), now);
        registry.load(query, now);
    }

    /**
     * The counted store calls.
     *
     * @param batchesPerRequest BatchGetItem calls; at most one where anything is remembered
     * @param unitsPerSecond read units, strongly consistent
     */
    record Result(double batchesPerRequest, double unitsPerSecond) {}
}
