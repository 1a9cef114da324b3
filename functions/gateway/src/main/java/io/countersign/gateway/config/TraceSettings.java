package io.countersign.gateway.config;

import io.countersign.http.client.OutgoingUrl;
import io.countersign.identity.TrustedProxies;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where spans go.
 *
 * @param endpoint the base URL of a collector of OTLP over HTTP; without one there are no spans
 * @param proxies the proxies whose {@code traceparent} is taken up
 */
public record TraceSettings(Optional<URI> endpoint, TrustedProxies proxies) {
    private static final Setting ENDPOINT = Setting.optional(
            "countersign.otel.endpoint",
            "none",
            "The base URL of a collector of OTLP over HTTP, such as http://127.0.0.1:4318, that receives a span of each decision: https, or http on loopback. The traceparent of trusted proxies is taken up.");

    static final List<Setting> SETTINGS = List.of(ENDPOINT);

    /** @param proxies all trusted proxies */
    static TraceSettings from(PropertyValues values, TrustedProxies proxies)
            throws PropertyValues.InvalidSettingException {
        Optional<URI> endpoint = OutgoingUrl.of(values, ENDPOINT);
        if (endpoint.isPresent()
                && (endpoint.get().getQuery() != null || endpoint.get().getFragment() != null)) {
            throw new PropertyValues.InvalidSettingException(
                    ENDPOINT.name(), "expected a base URL without a query or a fragment");
        }
        return new TraceSettings(endpoint, proxies);
    }
}
