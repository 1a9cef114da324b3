package io.countersign.signcontent;

import io.countersign.identity.delegation.SigningOptions;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@code /sign-content}.
 *
 * @param maxExpiry the longest time from now to the expiry of a presigned URL, in whole seconds: 1 second to 7 days
 * @param signing the operator's additions to the table of signable requests
 */
public record SignContentSettings(Duration maxExpiry, SigningOptions signing) {
    private static final Setting MAX_EXPIRES_IN = Setting.of(
            "countersign.sign-content.max-expires-in",
            "PT1H",
            "The longest time until the expiry of a presigned URL whose string /sign-content signs (at most P7D).");

    /** The settings of {@code /sign-content} only; {@link SigningOptions} has those that it shares with {@code /presign}. */
    public static final List<Setting> SETTINGS = List.of(MAX_EXPIRES_IN);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** One hour at most. */
    public static final SignContentSettings DEFAULT =
            new SignContentSettings(Duration.ofHours(1), SigningOptions.DEFAULT);

    /** @throws IllegalArgumentException when the duration is out of range or not of whole seconds */
    public SignContentSettings {
        if (maxExpiry.getNano() != 0 || maxExpiry.getSeconds() < 1 || maxExpiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the longest expiry must be of whole seconds, from 1 second to 7 days");
        }
    }

    /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
    public static SignContentSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new SignContentSettings(
                values.wholeSeconds(MAX_EXPIRES_IN, SHORTEST, LONGEST), SigningOptions.from(values));
    }
}
