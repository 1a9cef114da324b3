package io.countersign.registry.kms;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Where the KMS key is that wraps the root key.
 *
 * @param endpoint another than the region's own
 */
public record KeyLocation(String region, Optional<URI> endpoint, KmsSettings key) {
    /**
     * Empty when no key of KMS is set.
     *
     * @throws InvalidSettingException when a value is malformed, or the region is not set
     */
    public static Optional<KeyLocation> from(PropertyValues values) throws InvalidSettingException {
        Optional<String> keyId = values.optional(Property.KMS_KEY_ID);
        if (keyId.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyLocation(
                    AwsProperties.region(values),
                    AwsProperties.endpoint(values, Property.KMS_ENDPOINT),
                    new KmsSettings(keyId.get(), AwsProperties.budget(values))));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Property.KMS_KEY_ID.key(), String.valueOf(e.getMessage()));
        }
    }

    /** A client for this process. */
    public KmsClient client(AwsHost host) {
        return KmsClients.of(region, endpoint, key, host);
    }
}
