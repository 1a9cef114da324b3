package io.countersign.verify;

import io.countersign.oss.BaseDomains;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.Optional;

/**
 * Settings of {@code POST /verify}.
 *
 * @param allowAt whether a request may name the moment that it is judged at: a caller who chooses the moment can revive an expired URL
 * @param bases the domains under which buckets live
 */
public record VerifySettings(boolean allowAt, BaseDomains bases) {
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
                return new Properties(
                        values.flag(Property.VERIFY_ALLOW_AT), BaseDomains.of(values.list(Property.BASE_DOMAINS)));
            } catch (IllegalArgumentException e) {
                throw new PropertyValues.InvalidSettingException(
                        Property.BASE_DOMAINS.key(), String.valueOf(e.getMessage()));
            }
        }

        /** @param loopback whether the endpoint can be reached only from this machine */
        public VerifySettings listening(boolean loopback) {
            return new VerifySettings(allowAt.orElse(loopback), bases);
        }
    }
}
