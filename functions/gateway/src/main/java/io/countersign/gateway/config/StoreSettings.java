package io.countersign.gateway.config;

import io.countersign.registry.dynamodb.DynamoSettings;
import java.net.URI;
import java.util.Optional;

/** Where the registry stands. */
public sealed interface StoreSettings {
    /** In a file of the data directory. */
    record Sqlite() implements StoreSettings {}

    /**
     * In a table of DynamoDB.
     *
     * @param endpoint another than the region's own
     * @param createTable whether a missing table is made
     */
    record Dynamo(String region, Optional<URI> endpoint, DynamoSettings table, boolean createTable)
            implements StoreSettings {}
}
