package io.countersign.gateway.config;

import io.countersign.signcontent.SignContentSettings;
import java.time.Duration;

/** How {@code /sign-content} is run. */
final class SignContentProperties {
    private SignContentProperties() {}

    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    static SignContentSettings from(PropertyValues values) throws InvalidSettingException {
        return new SignContentSettings(
                values.wholeSeconds(Property.SIGN_CONTENT_MAX_EXPIRES_IN, Duration.ofSeconds(1), Duration.ofDays(7)),
                PresignProperties.options(values));
    }
}
