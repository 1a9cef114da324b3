package io.countersign.registry;

import java.time.Duration;

/**
 * How long and how much readers remember; the time is what a revocation may lag.
 *
 * @param known how long a record is good
 * @param unknown how long the absence of one is good
 * @param entries how many of both are kept
 */
public record CacheBounds(Duration known, Duration unknown, int entries) {
    public static final CacheBounds DEFAULT = new CacheBounds(Duration.ofSeconds(5), Duration.ofSeconds(1), 10_000);

    /** @throws IllegalArgumentException when a time is negative or over five minutes, or there is room for no entry */
    public CacheBounds {
        bounded(known);
        bounded(unknown);
        if (entries < 1) {
            throw new IllegalArgumentException("the cache has room for at least one entry");
        }
    }

    /** Whether what was read is there for the next look at all. */
    boolean remember() {
        return !known.isZero() && !unknown.isZero();
    }

    private static void bounded(Duration time) {
        if (time.isNegative() || time.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("a reader remembers for 0 seconds to 5 minutes");
        }
    }
}
