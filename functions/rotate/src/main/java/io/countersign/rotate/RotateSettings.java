package io.countersign.rotate;

import java.time.Duration;

/**
 * How rotation goes about it.
 *
 * @param cacheBound how long a reader may not know of a change: a new key waits so long while an older one can sign
 * @param tokenKeyEvery from one token key to the next
 */
public record RotateSettings(Duration cacheBound, Duration tokenKeyEvery) {
    private static final Duration LEAST = Duration.ofDays(1);

    public static final RotateSettings DEFAULT = new RotateSettings(Duration.ofSeconds(5), Duration.ofDays(30));

    /** @throws IllegalArgumentException for a negative bound, or token keys that would change more than daily */
    public RotateSettings {
        if (cacheBound.isNegative() || tokenKeyEvery.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "the cache's bound is at least 0, and a token key lives at least " + LEAST);
        }
    }
}
