package io.countersign.rotate;

import io.countersign.registry.CacheSettings;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The periods that rotation keeps.
 *
 * @param cacheBound how long a reader may serve a record from memory: a new key waits so long before it signs while an older one can sign
 * @param tokenKeyEvery from one token key to the next
 */
public record RotateSettings(Duration cacheBound, Duration tokenKeyEvery) {
    private static final Setting TOKEN_KEY_EVERY = Setting.of(
            "countersign.rotation.token-key-every",
            "P30D",
            "The time from one key that seals security tokens to the next (at least P1D).");

    /** The settings of this record; that of the cache is in its own. */
    public static final List<Setting> SETTINGS = List.of(TOKEN_KEY_EVERY);

    private static final Duration MIN_TOKEN_KEY_EVERY = Duration.ofDays(1);
    private static final Duration MAX_TOKEN_KEY_EVERY = Duration.ofDays(3_650);

    public static final RotateSettings DEFAULT = new RotateSettings(Duration.ofSeconds(5), Duration.ofDays(30));

    /** @throws IllegalArgumentException for a negative bound, or for token keys that would change more than once a day */
    public RotateSettings {
        if (cacheBound.isNegative() || tokenKeyEvery.compareTo(MIN_TOKEN_KEY_EVERY) < 0) {
            throw new IllegalArgumentException(
                    "the cache's bound is at least 0, and a token key lives at least " + MIN_TOKEN_KEY_EVERY);
        }
    }

    /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
    public static RotateSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new RotateSettings(
                CacheSettings.from(values).ttl(),
                values.duration(TOKEN_KEY_EVERY, MIN_TOKEN_KEY_EVERY, MAX_TOKEN_KEY_EVERY));
    }
}
