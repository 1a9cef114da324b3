package io.countersign.registry;

import io.countersign.settings.InvalidSettingException;
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
    public static CacheSettings from(PropertyValues values) throws InvalidSettingException {
        return new CacheSettings(
                values.duration(Property.CACHE_TTL, Duration.ZERO, Duration.ofMinutes(5)),
                values.count(Property.CACHE_ENTRIES, 1, 10_000_000));
    }

    /** That a record is absent is believed for less time: what was just made should be found. */
    public CacheBounds bounds() {
        Duration unknown = CacheBounds.DEFAULT.unknown();
        return new CacheBounds(ttl, ttl.compareTo(unknown) < 0 ? ttl : unknown, entries);
    }
}
