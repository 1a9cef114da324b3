package io.countersign.gateway.config;

import io.countersign.identity.TrustedProxies;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;

/**
 * How many connections each port holds open at once.
 *
 * @param all of everybody
 * @param ofOne of one address, so that none can take the whole port
 * @param proxies many clients come through one address of theirs: the first bound alone is for them
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
