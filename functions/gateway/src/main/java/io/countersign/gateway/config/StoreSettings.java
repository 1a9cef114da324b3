package io.countersign.gateway.config;

import io.countersign.registry.dynamodb.TableLocation;

/** Where the registry stands. */
public sealed interface StoreSettings {
    /** In a file of the data directory. */
    record Sqlite() implements StoreSettings {}

    /** In a table of DynamoDB. */
    record Dynamo(TableLocation location) implements StoreSettings {}
}
