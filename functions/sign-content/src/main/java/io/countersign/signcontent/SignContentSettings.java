package io.countersign.signcontent;

import io.countersign.identity.delegation.SigningOptions;
import java.time.Duration;

/**
 * What an operator may set.
 *
 * @param maxExpiry how far ahead a presigned URL may expire, in whole seconds: 1 second to 7 days
 * @param signing what operators add to the table of what is signed
 */
public record SignContentSettings(Duration maxExpiry, SigningOptions signing) {
    private static final Duration LONGEST = Duration.ofDays(7);

    /** An hour at most. */
    public static final SignContentSettings DEFAULT =
            new SignContentSettings(Duration.ofHours(1), SigningOptions.DEFAULT);

    /** @throws IllegalArgumentException when the duration is out of range or not of whole seconds */
    public SignContentSettings {
        if (maxExpiry.getNano() != 0 || maxExpiry.getSeconds() < 1 || maxExpiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the longest expiry must be of whole seconds, from 1 second to 7 days");
        }
    }
}
