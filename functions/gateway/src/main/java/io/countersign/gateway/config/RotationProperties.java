package io.countersign.gateway.config;

import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.ram.RamClient;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rotation settings of the gateway.
 *
 * @param pollInterval the time between two scans for due keys
 * @param rules the rules of rotation
 * @param ramEndpoint the RAM endpoint that creates and deletes access keys
 * @param webhook the URL that receives events; without one, events are only logged
 */
public record RotationProperties(
        Duration pollInterval, RotateSettings rules, RamClient.Endpoint ramEndpoint, Optional<URI> webhook) {
    private static final Setting POLL_INTERVAL = Setting.of(
                    "countersign.rotation.poll-interval",
                    "PT1M",
                    "The interval at which rotation searches for keys that are due (PT1S to PT1H).")
            .formerly("countersign.rotation.look-every");
    private static final Setting WEBHOOK = Setting.optional(
            "countersign.events.webhook",
            "none",
            "The URL that receives the events of rotation as CloudEvents: https, or http on loopback. They are logged in any case.");

    /** The settings of rotation in the gateway; {@link RotateSettings} and {@link RamClient.Endpoint} have their own. */
    static final List<Setting> SETTINGS = List.of(POLL_INTERVAL, WEBHOOK);

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    static RotationProperties from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new RotationProperties(
                values.duration(POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1)),
                RotateSettings.from(values),
                RamClient.Endpoint.from(values),
                webhook(values));
    }

    private static Optional<URI> webhook(PropertyValues values) throws PropertyValues.InvalidSettingException {
        var texts = values.list(WEBHOOK);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(texts.getFirst());
            String host = Optional.ofNullable(uri.getHost()).orElse("");
            boolean safe =
                    "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host));
            if (texts.size() == 1 && safe && !host.isEmpty() && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Refused below, together with unsupported schemes.
        }
        throw new PropertyValues.InvalidSettingException(
                WEBHOOK.name(), "expected one https URL, or an http URL on loopback, without user information");
    }
}
