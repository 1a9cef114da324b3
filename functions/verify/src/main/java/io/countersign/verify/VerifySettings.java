package io.countersign.verify;

import io.countersign.oss.BaseDomains;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * Settings of {@code POST /verify}.
 *
 * @param allowAt whether a request may name the moment that it is judged at: a caller who chooses the moment can revive an expired URL
 * @param bases the domains under which buckets live
 */
public record VerifySettings(boolean allowAt, BaseDomains bases) {
    private static final Setting BASE_DOMAINS = Setting.of(
            "countersign.base-domains",
            "oss-*.aliyuncs.com",
            "The domains under which the buckets' hosts are, separated by commas. * is a region, and oss-*.aliyuncs.com is every kind of endpoint that OSS has.");
    private static final Setting ALLOW_AT = Setting.optional(
            "countersign.verify.allow-at",
            "true while /verify listens on loopback, else false",
            "Whether a request to /verify may contain \"at\", a time other than now at which it is judged.");

    /** The settings of {@code /verify}; those of {@code /auth} are in its own record. */
    public static final List<Setting> SETTINGS = List.of(BASE_DOMAINS, ALLOW_AT);

    /** Judges at the present only, with OSS's own domains. */
    public static final VerifySettings DEFAULT = new VerifySettings(false, BaseDomains.DEFAULT);

    /**
     * The settings as they are configured.
     *
     * @param allowAt whether callers may choose the moment; empty: only callers on this machine
     * @param bases the domains under which buckets live
     */
    public record Properties(Optional<Boolean> allowAt, BaseDomains bases) {
        /** @throws PropertyValues.InvalidSettingException when a value is malformed */
        public static Properties from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            try {
                return new Properties(values.flag(ALLOW_AT), BaseDomains.of(values.list(BASE_DOMAINS)));
            } catch (IllegalArgumentException e) {
                throw new PropertyValues.InvalidSettingException(BASE_DOMAINS.name(), String.valueOf(e.getMessage()));
            }
        }

        /** @param loopback whether the endpoint can be reached only from this machine */
        public VerifySettings listening(boolean loopback) {
            return new VerifySettings(allowAt.orElse(loopback), bases);
        }
    }
}
