package io.countersign.registry.aws;

import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** What the clients of AWS have in common. */
public final class AwsProperties {
    private static final Duration LEAST_BUDGET = Duration.ofMillis(100);
    private static final Duration MOST_BUDGET = Duration.ofMinutes(1);
    private static final String LOOPBACK = "localhost|127(\\.[0-9]{1,3}){3}|\\[::1]";

    private AwsProperties() {}

    /** @throws InvalidSettingException when none is set, or it is malformed */
    public static String region(PropertyValues values) throws InvalidSettingException {
        String region = values.string(Property.AWS_REGION);
        if (!region.matches("[a-z0-9-]{1,64}")) {
            throw refused(Property.AWS_REGION, "expected a region, as eu-central-1");
        }
        return region;
    }

    /** @throws InvalidSettingException when it is malformed or out of its bounds */
    public static Duration budget(PropertyValues values) throws InvalidSettingException {
        return values.duration(Property.AWS_BUDGET, LEAST_BUDGET, MOST_BUDGET);
    }

    /**
     * Another endpoint than the region's own. Over http anybody on the way could read the root key or change a record.
     *
     * @throws InvalidSettingException when it is not a URL with https, or with http on this machine
     */
    public static Optional<URI> endpoint(PropertyValues values, Property property) throws InvalidSettingException {
        Optional<String> text = values.optional(property);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get());
            Optional<String> host = Optional.ofNullable(uri.getHost());
            boolean loopback = host.isPresent() && host.get().matches(LOOPBACK);
            if (host.isPresent() && ("https".equals(uri.getScheme()) || (loopback && "http".equals(uri.getScheme())))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Refused below like another scheme.
        }
        throw refused(property, "expected https:// and a host; http is for this machine alone");
    }

    private static InvalidSettingException refused(Property property, String problem) {
        return new InvalidSettingException(property.key(), problem);
    }
}
