package io.countersign.presign;

import io.countersign.identity.delegation.SigningOptions;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
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

    /** How {@code /presign} and {@code /post-policy} are run. */
    public static final class PresignProperties {
        private static final Duration SECOND = Duration.ofSeconds(1);
        private static final Duration WEEK = Duration.ofDays(7);

        private PresignProperties() {}

        /** @throws InvalidSettingException when a value is malformed or out of its bounds */
        public static PresignSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            Duration longest = values.wholeSeconds(Property.PRESIGN_MAX_EXPIRES_IN, SECOND, WEEK);
            Duration usual = values.wholeSeconds(Property.PRESIGN_DEFAULT_EXPIRES_IN, SECOND, WEEK);
            return new PresignSettings(
                    longest,
                    usual.compareTo(longest) > 0 ? longest : usual,
                    SigningOptions.SigningProperties.options(values));
        }

        /** @throws InvalidSettingException when the value is malformed or out of its bounds */
        public static PostPolicySettings postPolicy(PropertyValues values)
                throws PropertyValues.InvalidSettingException {
            return new PostPolicySettings(values.wholeSeconds(Property.POST_POLICY_MAX_EXPIRES_IN, SECOND, WEEK));
        }
    }

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
                    maxExpiry,
                    Expiries.LONGEST,
                    "the longest expiry must be of whole seconds, from 1 second to 7 days");
        }

        /** What a request without {@code expiresIn} gets: an hour, or the longest when that is less. */
        Duration usualExpiry() {
            return maxExpiry.compareTo(USUAL) < 0 ? maxExpiry : USUAL;
        }
    }

    /** The rule for how long something signed may be good. */
    static final class Expiries {
        /** V4's own limit, for URLs and for forms (protocol.md 3, 4). */
        static final Duration LONGEST = Duration.ofDays(7);

        private Expiries() {}

        /** @throws IllegalArgumentException when it is not of whole seconds, from 1 second to the longest */
        static void requireIn(Duration duration, Duration longest, String otherwise) {
            if (duration.getNano() != 0 || duration.getSeconds() < 1 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
