package io.countersign.registry;

import java.time.Duration;

/**
 * When the keys of a user are changed.
 *
 * @param every from one new pair to the next
 * @param overlap how long a Retiring key still verifies
 * @param removeAfter how long an Inactive key is kept before it is deleted
 */
public record RotationRule(Duration every, Duration overlap, Duration removeAfter) {
    public static final RotationRule DEFAULT =
            new RotationRule(Duration.ofDays(90), Duration.ofDays(8), Duration.ofDays(30));
}
