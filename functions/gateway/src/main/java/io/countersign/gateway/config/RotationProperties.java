package io.countersign.gateway.config;

import io.countersign.http.client.OutgoingUrl;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.ram.RamClient;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    static RotationProperties from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new RotationProperties(
                values.duration(POLL_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1)),
                RotateSettings.from(values),
                RamClient.Endpoint.from(values),
                OutgoingUrl.of(values, WEBHOOK));
    }
}
