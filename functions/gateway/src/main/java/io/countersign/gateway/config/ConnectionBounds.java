package io.countersign.gateway.config;

import io.countersign.identity.TrustedProxies;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;

/**
 * Limits on the open connections of one port.
 *
 * @param all the limit for all clients together
 * @param ofOne the limit for one client address, so that no client can occupy the whole port
 * @param proxies addresses that only {@code all} applies to, because many clients connect through them
 */
public record ConnectionBounds(int all, int ofOne, TrustedProxies proxies) {
    private static final int MOST = 65_535;

    static ConnectionBounds from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new ConnectionBounds(
                values.count(Property.HTTP_MAX_CONNECTIONS, 1, MOST),
                values.count(Property.HTTP_MAX_CONNECTIONS_PER_ADDRESS, 1, MOST),
                TrustedProxies.of(values, Property.TRUSTED_PROXIES)
                        .and(TrustedProxies.of(values, Property.AUTH_TRUSTED_PROXIES)));
    }
}
