package io.countersign.registry.dynamodb;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Where the registry's table is.
 *
 * @param endpoint another than the region's own
 * @param createTable whether a missing table is made
 */
public record TableLocation(String region, Optional<URI> endpoint, DynamoSettings table, boolean createTable) {
    /** @throws InvalidSettingException when a value is malformed, or the region is not set */
    public static TableLocation from(PropertyValues values) throws InvalidSettingException {
        try {
            return new TableLocation(
                    AwsProperties.region(values),
                    AwsProperties.endpoint(values, Property.DYNAMODB_ENDPOINT),
                    new DynamoSettings(values.string(Property.DYNAMODB_TABLE), AwsProperties.budget(values)),
                    values.flag(Property.DYNAMODB_CREATE_TABLE).orElse(false));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(Property.DYNAMODB_TABLE.key(), String.valueOf(e.getMessage()));
        }
    }

    /** A client for this process. */
    public DynamoDbClient client(AwsHost host) {
        return DynamoClients.of(region, endpoint, table, host);
    }
}
