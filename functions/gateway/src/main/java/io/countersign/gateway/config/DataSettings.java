package io.countersign.gateway.config;

import io.countersign.registry.dynamodb.DynamoSettings;
import io.countersign.registry.kms.KmsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** Where the registry and its root key are kept. */
public record DataSettings(StoreSettings store, RootKeySettings rootKey) {
    /** Everything in the data directory. */
    public static final DataSettings EMBEDDED =
            new DataSettings(new StoreSettings.Sqlite(), new RootKeySettings.InFile());

    private static final Duration LEAST_BUDGET = Duration.ofMillis(100);
    private static final Duration MOST_BUDGET = Duration.ofMinutes(1);
    private static final String LOOPBACK = "localhost|127(\\.[0-9]{1,3}){3}|\\[::1]";

    /** @throws InvalidSettingException when a value is malformed, or another one needs it */
    static DataSettings from(PropertyValues values) throws InvalidSettingException {
        StoreSettings store =
                switch (values.string(Property.STORE)) {
                    case "sqlite" -> new StoreSettings.Sqlite();
                    case "dynamodb" -> dynamo(values);
                    default -> throw refused(Property.STORE, "expected sqlite or dynamodb");
                };
        return new DataSettings(store, rootKey(values));
    }

    private static StoreSettings dynamo(PropertyValues values) throws InvalidSettingException {
        try {
            return new StoreSettings.Dynamo(
                    region(values),
                    endpoint(values, Property.DYNAMODB_ENDPOINT),
                    new DynamoSettings(values.string(Property.DYNAMODB_TABLE), budget(values)),
                    values.flag(Property.DYNAMODB_CREATE_TABLE).orElse(false));
        } catch (IllegalArgumentException e) {
            throw refused(Property.DYNAMODB_TABLE, String.valueOf(e.getMessage()));
        }
    }

    private static RootKeySettings rootKey(PropertyValues values) throws InvalidSettingException {
        Optional<String> keyId = values.optional(Property.KMS_KEY_ID);
        if (keyId.isEmpty()) {
            return new RootKeySettings.InFile();
        }
        try {
            return new RootKeySettings.InKms(
                    region(values),
                    endpoint(values, Property.KMS_ENDPOINT),
                    new KmsSettings(keyId.get(), budget(values)));
        } catch (IllegalArgumentException e) {
            throw refused(Property.KMS_KEY_ID, String.valueOf(e.getMessage()));
        }
    }

    private static String region(PropertyValues values) throws InvalidSettingException {
        String region = values.string(Property.AWS_REGION);
        if (!region.matches("[a-z0-9-]{1,64}")) {
            throw refused(Property.AWS_REGION, "expected a region, as eu-central-1");
        }
        return region;
    }

    private static Duration budget(PropertyValues values) throws InvalidSettingException {
        return values.duration(Property.AWS_BUDGET, LEAST_BUDGET, MOST_BUDGET);
    }

    /** Over http anybody on the way could read the root key or change a record. */
    private static Optional<URI> endpoint(PropertyValues values, Property property) throws InvalidSettingException {
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
