package io.countersign.registry.cost;

import io.countersign.registry.store.StoreUnavailable;
import java.util.List;
import java.util.Locale;

/** Prints what a million keys and 10,000 requests a second ask of the table, for several fleets and caches. */
public final class CostSimulation {
    private static final int KEYS = 1_000_000;
    private static final double EXPONENT = 1.0;
    private static final int BUCKETS = 10_000;
    private static final int OBJECTS = 100_000_000;
    private static final int PER_SECOND = 10_000;
    private static final int WARM_UP = 6;
    private static final int SECONDS = 10;

    private CostSimulation() {}

    public static void main(String... arguments) throws StoreUnavailable {
        print("| instances | cache | ttl | batches per request | read units per request | read units per second |");
        print("|---|---|---|---|---|---|");
        for (Load load : loads()) {
            Simulation.Result result = new Simulation(load).run(WARM_UP, SECONDS);
            print(String.format(
                    Locale.ROOT,
                    "| %d | %,d | %d s | %.2f | %.2f | %,d |",
                    load.instances(),
                    load.entries(),
                    load.ttlSeconds(),
                    result.batchesPerRequest(),
                    result.unitsPerSecond() / load.perSecond(),
                    Math.round(result.unitsPerSecond())));
        }
    }

    private static List<Load> loads() {
        return List.of(
                load(4, 10_000, 5),
                load(4, 100_000, 5),
                load(4, 100_000, 60),
                load(50, 10_000, 5),
                load(200, 10_000, 5));
    }

    private static Load load(int instances, int entries, int ttlSeconds) {
        return new Load(KEYS, EXPONENT, BUCKETS, OBJECTS, PER_SECOND, instances, entries, ttlSeconds);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
