package io.countersign.signcontent;

import io.countersign.identity.delegation.SigningOptions;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
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

    /** How {@code /sign-content} is run. */
    public static final class SignContentProperties {
        private SignContentProperties() {}

        /** @throws InvalidSettingException when a value is malformed or out of its bounds */
        public static SignContentSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            return new SignContentSettings(
                    values.wholeSeconds(
                            Property.SIGN_CONTENT_MAX_EXPIRES_IN, Duration.ofSeconds(1), Duration.ofDays(7)),
                    SigningOptions.SigningProperties.options(values));
        }
    }
}
