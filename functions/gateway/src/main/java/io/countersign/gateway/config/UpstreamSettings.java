package io.countersign.gateway.config;

import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The limits of requests to the stores behind buckets.
 *
 * @param connectTimeout the time for a connection to a store, including the wait for one that others use
 * @param idleTimeout the time within which a transfer has to move on, in each direction
 * @param answerTimeout the time for a store to begin its answer, from the end of the request
 * @param maxConnections the most connections to one store
 * @param maxFormBytes the largest file of a form
 * @param spoolBytes the room on the disk for all bodies together that wait there
 */
public record UpstreamSettings(
        Duration connectTimeout,
        Duration idleTimeout,
        Duration answerTimeout,
        int maxConnections,
        int maxFormBytes,
        long spoolBytes) {
    private static final Setting CONNECT_TIMEOUT = Setting.of(
            "countersign.upstream.connect-timeout",
            "PT5S",
            "The time for a connection to a store behind a bucket, including the wait for one that other requests use (1 second to 1 minute).");
    private static final Setting IDLE_TIMEOUT = Setting.of(
            "countersign.upstream.idle-timeout",
            "PT1M",
            "The time within which 1 KiB of an upload or a download must pass on --store-port, or it is broken off (1 second to 10 minutes).");
    private static final Setting ANSWER_TIMEOUT = Setting.of(
            "countersign.upstream.answer-timeout",
            "PT2M",
            "The time for a store to begin its answer after it got the whole request; copies of large objects take long (1 second to 30 minutes).");
    private static final Setting MAX_CONNECTIONS = Setting.of(
            "countersign.upstream.max-connections",
            "256",
            "The largest number of connections to one store. As many requests may wait for one; further requests are answered 503.");
    private static final Setting MAX_FORM_BYTES = Setting.of(
            "countersign.upstream.max-form-bytes",
            "104857600",
            "The largest file of a form, and the largest body in chunks for a store that has to know its length (S3), in bytes. One of more than 1 MiB waits in a private temporary file until it is complete.");

    private static final Setting SPOOL_BYTES = Setting.of(
            "countersign.upstream.spool-bytes",
            "1073741824",
            "The bytes in those temporary files at any moment, of all requests together (from countersign.upstream.max-form-bytes to 1 TiB). What comes beyond them is answered 503.");

    /** In the order of docs/configuration.md. */
    static final List<Setting> SETTINGS =
            List.of(CONNECT_TIMEOUT, IDLE_TIMEOUT, ANSWER_TIMEOUT, MAX_CONNECTIONS, MAX_FORM_BYTES, SPOOL_BYTES);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_CONNECTIONS = 65_535;
    private static final long MOST_SPOOLED = 1L << 40;

    /** @throws PropertyValues.InvalidSettingException when a value is malformed or out of its bounds */
    public static UpstreamSettings from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        int maxFormBytes = values.count(MAX_FORM_BYTES, 1, Integer.MAX_VALUE);
        return new UpstreamSettings(
                values.duration(CONNECT_TIMEOUT, SECOND, Duration.ofMinutes(1)),
                values.duration(IDLE_TIMEOUT, SECOND, Duration.ofMinutes(10)),
                values.duration(ANSWER_TIMEOUT, SECOND, Duration.ofMinutes(30)),
                values.count(MAX_CONNECTIONS, 1, MOST_CONNECTIONS),
                maxFormBytes,
                values.number(SPOOL_BYTES, maxFormBytes, MOST_SPOOLED));
    }
}
