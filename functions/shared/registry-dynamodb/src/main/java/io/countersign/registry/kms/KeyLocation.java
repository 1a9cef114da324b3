package io.countersign.registry.kms;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * The location of the key of AWS KMS that wraps the root key.
 *
 * @param endpoint replaces the region's own
 */
public record KeyLocation(String region, Optional<URI> endpoint, Key key) {
    /** The key; without it there is no location. */
    public static final Setting KEY_ID = Setting.optional(
            "countersign.kms.key-id",
            "none: the root key is a file in --data",
            "The key of AWS KMS that wraps the root key: its id, its ARN, or alias/ and a name.");

    private static final Setting ENDPOINT = Setting.optional(
            "countersign.kms.endpoint",
            "the region's own",
            "Another endpoint of AWS KMS: https, or http on this machine.");

    /** The settings of this class. */
    public static final List<Setting> SETTINGS = List.of(KEY_ID, ENDPOINT);

    /**
     * Returns empty when no KMS key is set.
     *
     * @throws PropertyValues.InvalidSettingException when a value is malformed, or the region is not set
     */
    public static Optional<KeyLocation> from(PropertyValues values) throws PropertyValues.InvalidSettingException {
        Optional<String> keyId = values.optional(KEY_ID);
        if (keyId.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyLocation(
                    AwsProperties.region(values),
                    AwsProperties.endpoint(values, ENDPOINT),
                    new Key(keyId.get(), AwsProperties.budget(values))));
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(KEY_ID.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns a client for this process; close it when the key is no longer used. */
    public KmsClient client(AwsHost host) {
        return Clients.of(region, endpoint, key, host);
    }

    /** Makes clients of KMS; a process needs one. */
    public static final class Clients {
        private Clients() {}

        /**
         * Returns a client whose attempts fit into the time limit.
         *
         * @param region the key's
         * @param endpoint replaces the region's own
         */
        public static KmsClient of(String region, Optional<URI> endpoint, Key settings, AwsHost host) {
            return AwsProperties.Clients.<KmsClient, KmsClientBuilder>of(
                    KmsClient.builder(), region, endpoint, settings.budget(), host);
        }
    }

    /**
     * The KMS key that wraps the root key.
     *
     * @param keyId a symmetric key's id, ARN or alias; no other key is asked to unwrap, whatever the store contains
     * @param budget the time limit of one call with all attempts, 100 ms to 5 minutes
     */
    public record Key(String keyId, Duration budget) {
        private static final Duration LEAST = Duration.ofMillis(100);
        private static final Duration MOST = Duration.ofMinutes(5);

        /** @throws IllegalArgumentException for an invalid key id, or a time limit out of bounds */
        public Key {
            if (!keyId.matches("[A-Za-z0-9:/_-]{1,2048}")) {
                throw new IllegalArgumentException("a key of KMS is named by its id, its ARN or alias/ and a name");
            }
            if (budget.compareTo(LEAST) < 0 || budget.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("the budget is " + LEAST + " to " + MOST);
            }
        }
    }
}
