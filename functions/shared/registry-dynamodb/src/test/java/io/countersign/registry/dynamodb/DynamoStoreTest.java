package io.countersign.registry.dynamodb;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.RegistryStoreContract;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoStoreTest extends RegistryStoreContract {
    private Optional<RawItems> raw = Optional.empty();

    @Override
    protected RegistryStore open() throws Exception {
        DynamoDbClient client = LocalDynamo.running().client();
        String table = LocalDynamo.newTable();
        RegistryTable.make(client, table);
        raw = Optional.of(new RawItems(client, table));
        return new DynamoStore(client, new TableLocation.Table(table, Duration.ofSeconds(30)), Seeds.secure());
    }

    @Override
    protected void spoil(ItemKey key, String payload) {
        raw.orElseThrow().set(key, Attributes.PAYLOAD, Attributes.text(payload));
    }

    @Override
    protected void spoilExpiry(ItemKey key, Instant expiresAt) {
        raw.orElseThrow().set(key, Attributes.EXPIRES, Attributes.number(expiresAt.toEpochMilli()));
    }

    @Override
    protected void move(ItemKey from, ItemKey to) {
        RawItems items = raw.orElseThrow();
        Map<String, AttributeValue> item = new HashMap<>(items.get(from));
        item.putAll(Attributes.of(to));
        items.delete(from);
        items.put(item);
    }
}
