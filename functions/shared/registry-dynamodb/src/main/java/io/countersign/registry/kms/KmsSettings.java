package io.countersign.registry.kms;

import java.time.Duration;

/**
 * Which key of KMS wraps the root key.
 *
 * @param keyId a symmetric key's id, ARN or alias; the only one that is ever asked to unwrap, whatever the store says
 * @param budget what one call may take, with all attempts. 100 ms to 5 minutes
 */
public record KmsSettings(String keyId, Duration budget) {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException for what no key is called, or a budget out of bounds */
    public KmsSettings {
        if (!keyId.matches("[A-Za-z0-9:/_-]{1,2048}")) {
            throw new IllegalArgumentException("a key of KMS is named by its id, its ARN or alias/ and a name");
        }
        if (budget.compareTo(LEAST) < 0 || budget.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("the budget is " + LEAST + " to " + MOST);
        }
    }
}
