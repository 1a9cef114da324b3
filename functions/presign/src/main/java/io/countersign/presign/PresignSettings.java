package io.countersign.presign;

import io.countersign.identity.delegation.SigningOptions;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@code /presign}.
 *
 * @param maxExpiry the longest validity of a URL in whole seconds: 1 second to 7 days (V4's limit, docs/protocol.md 3)
 * @param defaultExpiry the validity for a request without {@code expiresIn}; at most {@code maxExpiry}
 * @param signing the operator's additions to the table of signable requests
 */
public record PresignSettings(Duration maxExpiry, Duration defaultExpiry, SigningOptions signing) {
    private static final Setting MAX_EXPIRES_IN = Setting.of(
            "countersign.presign.max-expires-in", "PT1H", "The longest validity of a presigned URL (at most P7D).");
    private static final Setting DEFAULT_EXPIRES_IN = Setting.of(
            "countersign.presign.default-expires-in",
            "PT1H",
            "The validity of a presigned URL when the request names none; never longer than the longest.");

    /** The settings of {@code /presign} only; {@link SigningOptions} has those that it shares with {@code /sign-content}. */
    public static final List<Setting> SETTINGS = List.of(MAX_EXPIRES_IN, DEFAULT_EXPIRES_IN);

    /** One hour, at most and by default. */
    public static final PresignSettings DEFAULT =
            new PresignSettings(Duration.ofHours(1), Duration.ofHours(1), SigningOptions.DEFAULT);

    /** @throws IllegalArgumentException when a duration is out of range or not of whole seconds */
    public PresignSettings {
        Expiries.requireIn(
                maxExpiry, Expiries.LONGEST, "the longest expiry must be of whole seconds, from 1 second to 7 days");
        Expiries.requireIn(
                defaultExpiry, maxExpiry, "the default expiry must be of whole seconds and at most the longest");
    }

    /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
    public static PresignSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Duration longest = values.wholeSeconds(MAX_EXPIRES_IN, Expiries.SHORTEST, Expiries.LONGEST);
        Duration usual = values.wholeSeconds(DEFAULT_EXPIRES_IN, Expiries.SHORTEST, Expiries.LONGEST);
        return new PresignSettings(
                longest, usual.compareTo(longest) > 0 ? longest : usual, SigningOptions.from(values));
    }

    /** Returns these settings with another longest expiry, to which the default is shortened. */
    public PresignSettings withMaxExpiry(Duration longest) {
        return new PresignSettings(longest, defaultExpiry.compareTo(longest) > 0 ? longest : defaultExpiry, signing);
    }

    /** The bounds of the validity of URLs and forms. */
    static final class Expiries {
        static final Duration SHORTEST = Duration.ofSeconds(1);

        /** V4's limit for URLs and forms (docs/protocol.md 3, 4). */
        static final Duration LONGEST = Duration.ofDays(7);

        private Expiries() {}

        /** @throws IllegalArgumentException when the duration is not of whole seconds, from 1 second to the longest */
        static void requireIn(Duration duration, Duration longest, String otherwise) {
            if (duration.getNano() != 0 || duration.getSeconds() < 1 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
