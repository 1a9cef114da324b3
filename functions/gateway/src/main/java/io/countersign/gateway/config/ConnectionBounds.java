package io.countersign.gateway.config;

import io.countersign.identity.TrustedProxies;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.ProxySettings;
import io.countersign.settings.Setting;
import io.countersign.verify.forwardauth.AuthSettings;
import java.util.List;

/**
 * Limits on the open connections of one port.
 *
 * @param all the limit for all clients together
 * @param ofOne the limit for one client address, so that no client can occupy the whole port
 * @param proxies addresses that only {@code all} applies to, because many clients connect through them
 */
public record ConnectionBounds(int all, int ofOne, TrustedProxies proxies) {
    private static final Setting MAX_CONNECTIONS = Setting.of(
            "countersign.http.max-connections", "1024", "The largest number of open connections, on each port.");
    private static final Setting MAX_CONNECTIONS_PER_ADDRESS = Setting.of(
            "countersign.http.max-connections-per-address",
            "256",
            "The largest number of these from one address (of IPv6, one /64 network). For trusted proxies, only the limit above applies.");

    /** The settings of this record; those of the proxies are with the proxies. */
    static final List<Setting> SETTINGS = List.of(MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS);

    private static final int MOST = 65_535;

    static ConnectionBounds from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new ConnectionBounds(
                values.count(MAX_CONNECTIONS, 1, MOST),
                values.count(MAX_CONNECTIONS_PER_ADDRESS, 1, MOST),
                TrustedProxies.of(values, ProxySettings.TRUSTED_PROXIES)
                        .and(TrustedProxies.of(values, AuthSettings.PROXIES)));
    }
}
