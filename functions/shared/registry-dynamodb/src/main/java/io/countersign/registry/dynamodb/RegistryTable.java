package io.countersign.registry.dynamodb;

import io.countersign.registry.store.StoreUnavailable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The registry's table: billed on demand, with expired items removed. */
public final class RegistryTable {
    private RegistryTable() {}

    /**
     * Makes the table when it does not exist, and waits until it can be used. This is for development and tests; a
     * deployment makes the table with backups and protection.
     *
     * @throws StoreUnavailable when it cannot be made
     */
    public static void make(DynamoDbClient client, String table) throws StoreUnavailable {
        try {
            create(client, table);
            client.waiter().waitUntilTableExists(request -> request.tableName(table));
            client.updateTimeToLive(request -> request.tableName(table)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(Attributes.TIME_TO_LIVE)));
        } catch (ResourceInUseException e) {
            client.waiter().waitUntilTableExists(request -> request.tableName(table));
        } catch (SdkException e) {
            throw Failures.of(table, e);
        }
    }

    private static void create(DynamoDbClient client, String table) {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute ->
                                attribute.attributeName(Attributes.PARTITION).attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName(Attributes.SORT).attributeType(ScalarAttributeType.S))
                .keySchema(
                        key -> key.attributeName(Attributes.PARTITION).keyType(KeyType.HASH),
                        key -> key.attributeName(Attributes.SORT).keyType(KeyType.RANGE)));
    }
}
