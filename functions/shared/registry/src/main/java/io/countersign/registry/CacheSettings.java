package io.countersign.registry;

import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the cache on the reading side.
 *
 * @param ttl how long a record is served from memory
 * @param entries the largest number of records in memory
 */
public record CacheSettings(Duration ttl, int entries) {
    private static final Setting TTL = Setting.of(
            "countersign.cache.ttl",
            "PT5S",
            "The time for which a record is served from memory, and so the longest delay of a revocation (at most PT5M).");
    private static final Setting ENTRIES =
            Setting.of("countersign.cache.entries", "10000", "The largest number of records in memory.");

    /** The settings that {@link #from} reads. */
    public static final List<Setting> SETTINGS = List.of(TTL, ENTRIES);

    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    public static CacheSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new CacheSettings(
                values.duration(TTL, Duration.ZERO, Duration.ofMinutes(5)), values.count(ENTRIES, 1, 10_000_000));
    }

    /** An absence is cached for a shorter time than a record, so that a record that was just made is found soon. */
    public Bounds bounds() {
        Duration unknown = Bounds.DEFAULT.unknown();
        return new Bounds(ttl, ttl.compareTo(unknown) < 0 ? ttl : unknown, entries);
    }

    /**
     * The bounds of the cache. The times bound how late a revocation takes effect.
     *
     * @param known how long a record may be served from memory
     * @param unknown how long the absence of a record may be served from memory
     * @param entries the largest number of records and absences
     */
    public record Bounds(Duration known, Duration unknown, int entries) {
        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(5), Duration.ofSeconds(1), 10_000);

        /**
         * @throws IllegalArgumentException when a time is negative or longer than five minutes, or there is no room
         *     for an entry
         */
        public Bounds {
            bounded(known);
            bounded(unknown);
            if (entries < 1) {
                throw new IllegalArgumentException("the cache has room for at least one entry");
            }
        }

        /** Whether entries outlive the lookup that read them. */
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
