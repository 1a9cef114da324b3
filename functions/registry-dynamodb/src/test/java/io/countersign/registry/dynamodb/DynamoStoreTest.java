package io.countersign.registry.dynamodb;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.RegistryStoreContract;
import io.countersign.testing.Seeds;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoStoreTest extends RegistryStoreContract {
    @Override
    protected RegistryStore open() throws Exception {
        DynamoDbClient client = LocalDynamo.running().client();
        String table = LocalDynamo.newTable();
        RegistryTable.make(client, table);
        return new DynamoStore(client, new DynamoSettings(table, Duration.ofSeconds(30)), Seeds.secure());
    }
}
