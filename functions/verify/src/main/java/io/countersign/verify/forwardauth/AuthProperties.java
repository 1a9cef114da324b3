package io.countersign.verify.forwardauth;

import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;

/** How {@code /auth} is run. */
public final class AuthProperties {
    private AuthProperties() {}

    /** @throws InvalidSettingException when a value is malformed */
    public static AuthSettings from(PropertyValues values, BaseDomains bases) throws InvalidSettingException {
        HeaderFamily family = HeaderFamily.of(values.string(Property.AUTH_HEADERS))
                .orElseThrow(() -> refused(Property.AUTH_HEADERS, "expected nginx or forwarded"));
        KeyRule keys = KeyRule.of(values.string(Property.AUTH_KEYS))
                .orElseThrow(() -> refused(Property.AUTH_KEYS, "expected file, object or uri"));
        VpcRule vpc = VpcRule.of(values.string(Property.AUTH_SOURCE_VPC))
                .orElseThrow(() -> refused(Property.AUTH_SOURCE_VPC, "expected none or header"));
        TrustedProxies proxies = TrustedProxies.of(values, Property.TRUSTED_PROXIES)
                .and(TrustedProxies.of(values, Property.AUTH_TRUSTED_PROXIES));
        return new AuthSettings(family, keys, proxies, vpc, bases);
    }

    private static InvalidSettingException refused(Property property, String problem) {
        return new InvalidSettingException(property.key(), problem);
    }
}
