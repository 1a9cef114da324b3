package io.countersign.presign;

import io.countersign.identity.delegation.SigningOptions;
import java.time.Duration;

/**
 * What an operator may set.
 *
 * @param maxExpiry the longest that a URL may be good, in whole seconds: 1 second to 7 days (V4's own limit, protocol.md 3)
 * @param defaultExpiry what a request without {@code expiresIn} gets; at most {@code maxExpiry}
 * @param signing what operators add to the table of what is signed
 */
public record PresignSettings(Duration maxExpiry, Duration defaultExpiry, SigningOptions signing) {
    /** An hour at most, and when nothing is asked for. */
    public static final PresignSettings DEFAULT =
            new PresignSettings(Duration.ofHours(1), Duration.ofHours(1), SigningOptions.DEFAULT);

    /** @throws IllegalArgumentException when a duration is out of range or not of whole seconds */
    public PresignSettings {
        Expiries.requireIn(
                maxExpiry, Expiries.LONGEST, "the longest expiry must be of whole seconds, from 1 second to 7 days");
        Expiries.requireIn(
                defaultExpiry, maxExpiry, "the default expiry must be of whole seconds and at most the longest");
    }

    /** These settings with another longest expiry, the default cut to it. */
    public PresignSettings withMaxExpiry(Duration longest) {
        return new PresignSettings(longest, defaultExpiry.compareTo(longest) > 0 ? longest : defaultExpiry, signing);
    }
}
