package io.countersign.gateway.config;

import io.countersign.rotate.ram.RamClient;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The rotation settings of the gateway.
 *
 * @param pollInterval the time between two scans for due keys
 * @param tokenKeyEvery the age at which a token key is replaced
 * @param ramEndpoint the RAM endpoint that creates and deletes access keys
 * @param webhook the URL that receives events; without one, events are only logged
 */
public record RotationProperties(
        Duration pollInterval, Duration tokenKeyEvery, RamClient.RamEndpoint ramEndpoint, Optional<URI> webhook) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    static RotationProperties from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        return new RotationProperties(
                values.duration(Property.ROTATION_LOOK_EVERY, Duration.ofSeconds(1), Duration.ofHours(1)),
                values.duration(Property.ROTATION_TOKEN_KEY_EVERY, Duration.ofDays(1), Duration.ofDays(3_650)),
                values.uri(Property.ROTATION_RAM_ENDPOINT, RamClient.RamEndpoint::new),
                webhook(values));
    }

    private static Optional<URI> webhook(PropertyValues values) throws PropertyValues.InvalidSettingException {
        var texts = values.list(Property.EVENTS_WEBHOOK);
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
                Property.EVENTS_WEBHOOK.key(),
                "expected one https URL, or an http URL on loopback, without user information");
    }
}
