package io.countersign.gateway.config;

import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.time.Duration;

/**
 * Bounds of the ports in time and count. Bounds in size are the protocol's and not set here.
 *
 * @param bodyTimeout how long a request may take to arrive whole
 * @param idleTimeout how long a connection may stay silent
 * @param maxConnections connections open at once, on each port
 * @param workers requests worked on at once
 * @param queue requests that may wait for a worker
 */
public record HttpSettings(Duration bodyTimeout, Duration idleTimeout, int maxConnections, int workers, int queue) {
    /** @throws InvalidSettingException when a value is malformed or out of its bounds */
    public static HttpSettings from(PropertyValues values) throws InvalidSettingException {
        Duration second = Duration.ofSeconds(1);
        return new HttpSettings(
                values.duration(Property.HTTP_BODY_TIMEOUT, second, Duration.ofMinutes(5)),
                values.duration(Property.HTTP_IDLE_TIMEOUT, second, Duration.ofMinutes(10)),
                values.count(Property.HTTP_MAX_CONNECTIONS, 1, 65_535),
                values.count(Property.HTTP_WORKERS, 1, 1_024),
                values.count(Property.HTTP_QUEUE, 1, 65_535));
    }
}
