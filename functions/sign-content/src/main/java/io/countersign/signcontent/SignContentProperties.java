package io.countersign.signcontent;

import io.countersign.identity.delegation.SigningProperties;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.time.Duration;

/** How {@code /sign-content} is run. */
public final class SignContentProperties {
    private SignContentProperties() {}

    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    public static SignContentSettings from(PropertyValues values) throws InvalidSettingException {
        return new SignContentSettings(
                values.wholeSeconds(Property.SIGN_CONTENT_MAX_EXPIRES_IN, Duration.ofSeconds(1), Duration.ofDays(7)),
                SigningProperties.options(values));
    }
}
