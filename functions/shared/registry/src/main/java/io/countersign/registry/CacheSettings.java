package io.countersign.registry;

import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.time.Duration;

/**
 * What readers of the registry remember.
 *
 * @param ttl how long a record is served from memory
 * @param entries records remembered at most
 */
public record CacheSettings(Duration ttl, int entries) {
    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    public static CacheSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new CacheSettings(
                values.duration(Property.CACHE_TTL, Duration.ZERO, Duration.ofMinutes(5)),
                values.count(Property.CACHE_ENTRIES, 1, 10_000_000));
    }

    /** That a record is absent is believed for less time: what was just made should be found. */
    public CacheBounds bounds() {
        Duration unknown = CacheBounds.DEFAULT.unknown();
        return new CacheBounds(ttl, ttl.compareTo(unknown) < 0 ? ttl : unknown, entries);
    }

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
}
