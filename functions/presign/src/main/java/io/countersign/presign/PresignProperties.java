package io.countersign.presign;

import io.countersign.identity.delegation.SigningProperties;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.time.Duration;

/** How {@code /presign} and {@code /post-policy} are run. */
public final class PresignProperties {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private PresignProperties() {}

    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    public static PresignSettings from(PropertyValues values) throws InvalidSettingException {
        Duration longest = values.wholeSeconds(Property.PRESIGN_MAX_EXPIRES_IN, SECOND, WEEK);
        Duration usual = values.wholeSeconds(Property.PRESIGN_DEFAULT_EXPIRES_IN, SECOND, WEEK);
        return new PresignSettings(
                longest, usual.compareTo(longest) > 0 ? longest : usual, SigningProperties.options(values));
    }

    /** @throws InvalidSettingException when the value is malformed or out of its bounds */
    public static PostPolicySettings postPolicy(PropertyValues values) throws InvalidSettingException {
        return new PostPolicySettings(values.wholeSeconds(Property.POST_POLICY_MAX_EXPIRES_IN, SECOND, WEEK));
    }
}
