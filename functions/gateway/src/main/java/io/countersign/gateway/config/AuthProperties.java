package io.countersign.gateway.config;

import io.countersign.oss.BaseDomains;
import io.countersign.verify.auth.AuthSettings;
import io.countersign.verify.auth.HeaderFamily;
import io.countersign.verify.auth.KeyRule;
import io.countersign.verify.auth.TrustedProxies;

/** How {@code /auth} is run. */
final class AuthProperties {
    private AuthProperties() {}

    /** @throws InvalidSettingException when a value is malformed */
    static AuthSettings from(PropertyValues values, BaseDomains bases) throws InvalidSettingException {
        HeaderFamily family = HeaderFamily.of(values.string(Property.AUTH_HEADERS))
                .orElseThrow(() -> refused(Property.AUTH_HEADERS, "expected nginx or forwarded"));
        KeyRule keys = KeyRule.of(values.string(Property.AUTH_KEYS))
                .orElseThrow(() -> refused(Property.AUTH_KEYS, "expected file or object"));
        try {
            return new AuthSettings(family, keys, TrustedProxies.of(values.list(Property.AUTH_TRUSTED_PROXIES)), bases);
        } catch (IllegalArgumentException e) {
            throw refused(Property.AUTH_TRUSTED_PROXIES, String.valueOf(e.getMessage()));
        }
    }

    private static InvalidSettingException refused(Property property, String problem) {
        return new InvalidSettingException(property.key(), problem);
    }
}
