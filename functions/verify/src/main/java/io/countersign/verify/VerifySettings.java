package io.countersign.verify;

import io.countersign.oss.BaseDomains;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.Optional;

/**
 * How a deployment runs {@code POST /verify}.
 *
 * @param allowAt whether a request may name the moment it is judged at: whoever chooses it can revive an expired URL
 * @param bases the domains under which buckets live
 */
public record VerifySettings(boolean allowAt, BaseDomains bases) {
    /** The present moment only, and OSS's own domains. */
    public static final VerifySettings DEFAULT = new VerifySettings(false, BaseDomains.DEFAULT);

    /**
     * How {@code /verify} is run.
     *
     * @param allowAt whether callers may choose the moment that is judged at; empty: where it listens decides
     * @param bases the domains under which buckets live
     */
    public record VerifyProperties(Optional<Boolean> allowAt, BaseDomains bases) {
        /** @throws InvalidSettingException when a value is malformed */
        public static VerifyProperties from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            try {
                return new VerifyProperties(
                        values.flag(Property.VERIFY_ALLOW_AT), BaseDomains.of(values.list(Property.BASE_DOMAINS)));
            } catch (IllegalArgumentException e) {
                throw new PropertyValues.InvalidSettingException(
                        Property.BASE_DOMAINS.key(), String.valueOf(e.getMessage()));
            }
        }

        /** @param loopback whether the face can be reached from this machine alone */
        public VerifySettings listening(boolean loopback) {
            return new VerifySettings(allowAt.orElse(loopback), bases);
        }
    }
}
