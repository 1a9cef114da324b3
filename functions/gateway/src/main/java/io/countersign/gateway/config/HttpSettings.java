package io.countersign.gateway.config;

import io.countersign.identity.TrustedProxies;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.ProxySettings;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The time and count limits of the ports. Size limits are fixed in {@link io.countersign.http.RequestLimits}.
 *
 * @param bodyTimeout the time within which the whole body of a request must arrive
 * @param idleTimeout the time a connection may wait for its next request head
 * @param connections the limits on open connections
 * @param workers the number of requests processed concurrently in one lane
 * @param queue the number of requests that may wait for a worker
 * @param drain the time a stopping server has to answer the requests it has accepted
 * @param trustedProxies the proxies whose statement of the client address is believed, at every endpoint
 * @param budget the time a request may wait for a worker and for the store, from the arrival of its body
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
    private static final Setting BODY_TIMEOUT = Setting.of(
            "countersign.http.body-timeout",
            "PT10S",
            "The time within which the body of a request must arrive. For its head countersign.http.idle-timeout is the bound.");
    private static final Setting IDLE_TIMEOUT = Setting.of(
            "countersign.http.idle-timeout",
            "PT60S",
            "The time within which the next request's head must arrive on a connection.");
    private static final Setting WORKERS = Setting.of(
            "countersign.http.workers",
            "16",
            "The number of requests of open endpoints that are processed at once; private endpoints and the store port each have as many more.");
    private static final Setting QUEUE = Setting.of(
            "countersign.http.queue",
            "256",
            "The number of requests of open endpoints that may wait for a worker; private endpoints and the store port each have as many more. Further requests are answered 503.");
    private static final Setting DRAIN = Setting.of(
            "countersign.drain",
            "8",
            "The seconds that serve has to answer the requests that it has accepted when it is told to stop (0 to 300). --drain overrides it.");

    /** The settings of the ports. */
    static final List<Setting> SETTINGS = Stream.of(
                    List.of(BODY_TIMEOUT, IDLE_TIMEOUT), ConnectionBounds.SETTINGS, List.of(WORKERS, QUEUE, DRAIN))
            .flatMap(List::stream)
            .toList();

    /** The largest value of {@code drain}, in seconds. */
    public static final int MOST_DRAIN = 300;

    /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
    public static HttpSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Duration second = Duration.ofSeconds(1);
        return new HttpSettings(
                values.duration(BODY_TIMEOUT, second, Duration.ofMinutes(5)),
                values.duration(IDLE_TIMEOUT, second, Duration.ofMinutes(10)),
                ConnectionBounds.from(values),
                values.count(WORKERS, 1, 1_024),
                values.count(QUEUE, 1, 65_535),
                Duration.ofSeconds(values.count(DRAIN, 0, MOST_DRAIN)),
                TrustedProxies.of(values, ProxySettings.TRUSTED_PROXIES),
                AwsProperties.budget(values));
    }

    /** Returns a copy with another drain time. */
    public HttpSettings draining(Duration other) {
        return new HttpSettings(bodyTimeout, idleTimeout, connections, workers, queue, other, trustedProxies, budget);
    }
}
