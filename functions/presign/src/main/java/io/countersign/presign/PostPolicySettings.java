package io.countersign.presign;

import java.time.Duration;

/**
 * What an operator may set for forms.
 *
 * @param maxExpiry the longest that a form may be good, in whole seconds: 1 second to 7 days
 */
public record PostPolicySettings(Duration maxExpiry) {
    private static final Duration USUAL = Duration.ofHours(1);

    /** An hour at most. */
    public static final PostPolicySettings DEFAULT = new PostPolicySettings(USUAL);

    /** @throws IllegalArgumentException when the duration is out of range or not of whole seconds */
    public PostPolicySettings {
        Expiries.requireIn(
                maxExpiry, Expiries.LONGEST, "the longest expiry must be of whole seconds, from 1 second to 7 days");
    }

    /** What a request without {@code expiresIn} gets: an hour, or the longest when that is less. */
    Duration usualExpiry() {
        return maxExpiry.compareTo(USUAL) < 0 ? maxExpiry : USUAL;
    }
}
