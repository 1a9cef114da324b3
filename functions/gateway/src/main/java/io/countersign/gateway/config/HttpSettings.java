package io.countersign.gateway.config;

import io.countersign.identity.TrustedProxies;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.time.Duration;

/**
 * Bounds of the ports in time and count. Bounds in size are the protocol's and not set here.
 *
 * @param bodyTimeout how long a request may take to arrive whole
 * @param idleTimeout how long a connection may stay silent
 * @param workers requests worked on at once
 * @param queue requests that may wait for a worker
 * @param drain how long a server that ends may take to answer what it has taken in
 * @param trustedProxies whose word on who the client is counts at every face
 * @param budget how long a request that has arrived may wait for a worker and for the store
 */
public record HttpSettings(
        Duration bodyTimeout,
        Duration idleTimeout,
        ConnectionBounds connections,
        int workers,
        int queue,
        Duration drain,
        TrustedProxies trustedProxies,
        Duration budget) {
    /** Seconds that a server may take at most to end. */
    public static final int MOST_DRAIN = 300;

    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    public static HttpSettings from(PropertyValues values) throws InvalidSettingException {
        Duration second = Duration.ofSeconds(1);
        return new HttpSettings(
                values.duration(Property.HTTP_BODY_TIMEOUT, second, Duration.ofMinutes(5)),
                values.duration(Property.HTTP_IDLE_TIMEOUT, second, Duration.ofMinutes(10)),
                ConnectionBounds.from(values),
                values.count(Property.HTTP_WORKERS, 1, 1_024),
                values.count(Property.HTTP_QUEUE, 1, 65_535),
                Duration.ofSeconds(values.count(Property.DRAIN, 0, MOST_DRAIN)),
                TrustedProxies.of(values, Property.TRUSTED_PROXIES),
                AwsProperties.budget(values));
    }

    /** The same with another time to drain. */
    public HttpSettings draining(Duration other) {
        return new HttpSettings(bodyTimeout, idleTimeout, connections, workers, queue, other, trustedProxies, budget);
    }
}
