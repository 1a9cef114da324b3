package io.countersign.presign;

import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@code /post-policy}.
 *
 * @param maxExpiry the longest validity of a form in whole seconds: 1 second to 7 days
 */
public record PostPolicySettings(Duration maxExpiry) {
    private static final Setting MAX_EXPIRES_IN = Setting.of(
            "countersign.post-policy.max-expires-in",
            "PT1H",
            "The longest validity of a form for uploads (at most P7D). A form without an expiry in the request is valid for an hour, or for this time if it is shorter.");

    /** The settings of {@code /post-policy}. */
    public static final List<Setting> SETTINGS = List.of(MAX_EXPIRES_IN);

    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);

    /** One hour at most. */
    public static final PostPolicySettings DEFAULT = new PostPolicySettings(DEFAULT_EXPIRY);

    /** @throws IllegalArgumentException when the duration is out of range or not of whole seconds */
    public PostPolicySettings {
        PresignSettings.Expiries.requireIn(
                maxExpiry,
                PresignSettings.Expiries.LONGEST,
                "the longest expiry must be of whole seconds, from 1 second to 7 days");
    }

    /** @throws PropertyValues.InvalidSettingException when the value is malformed or out of its bounds */
    public static PostPolicySettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new PostPolicySettings(values.wholeSeconds(
                MAX_EXPIRES_IN, PresignSettings.Expiries.SHORTEST, PresignSettings.Expiries.LONGEST));
    }

    /** The validity for a request without {@code expiresIn}: an hour, or the longest when that is less. */
    Duration defaultExpiry() {
        return maxExpiry.compareTo(DEFAULT_EXPIRY) < 0 ? maxExpiry : DEFAULT_EXPIRY;
    }
}
