package io.countersign.gateway.rotation;

import io.countersign.registry.dynamodb.DynamoStore;
import io.countersign.registry.dynamodb.LocalDynamo;
import io.countersign.registry.dynamodb.RegistryTable;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.store.RegistryStore;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoRotationTest extends AbstractRotationTest {
    @Override
    protected RegistryStore open() throws Exception {
        return newTable();
    }

    static RegistryStore newTable() throws Exception {
        DynamoDbClient client = LocalDynamo.running().client();
        String table = LocalDynamo.newTable();
        RegistryTable.make(client, table);
        return new DynamoStore(client, new TableLocation.Table(table, Duration.ofSeconds(30)), Seeds.secure());
    }

    @Override
    protected Load.Pace pace() {
        return new Load.Pace(2, 6, Duration.ofMinutes(75), 1);
    }
}
