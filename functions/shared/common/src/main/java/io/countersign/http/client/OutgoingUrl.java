package io.countersign.http.client;

import io.countersign.http.LoopbackHost;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Reads the URL of a service outside of this process: https, or http on loopback, without user information. */
public final class OutgoingUrl {
    private OutgoingUrl() {}

    /**
     * Returns the URL; empty when the setting is.
     *
     * @throws PropertyValues.InvalidSettingException for any other text
     */
    public static Optional<URI> of(PropertyValues values, Setting setting)
            throws PropertyValues.InvalidSettingException {
        List<String> texts = values.list(setting);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(texts.getFirst());
            String host = Optional.ofNullable(uri.getHost()).orElse("");
            boolean safe =
                    "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LoopbackHost.matches(host));
            if (texts.size() == 1 && safe && !host.isEmpty() && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Refused below, together with unsupported schemes.
        }
        throw new PropertyValues.InvalidSettingException(
                setting.name(), "expected one https URL, or an http URL on loopback, without user information");
    }
}
