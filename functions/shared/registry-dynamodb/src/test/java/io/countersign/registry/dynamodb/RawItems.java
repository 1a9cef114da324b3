package io.countersign.registry.dynamodb;

import io.countersign.registry.store.ItemKey;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a table, past the store. */
record RawItems(DynamoDbClient client, String table) {
    Map<String, AttributeValue> get(ItemKey key) {
        return client.getItem(request ->
                        request.tableName(table).key(Attributes.of(key)).consistentRead(true))
                .item();
    }

    void put(Map<String, AttributeValue> item) {
        client.putItem(request -> request.tableName(table).item(item));
    }

    void set(ItemKey key, String attribute, AttributeValue value) {
        Map<String, AttributeValue> item = new HashMap<>(get(key));
        item.put(attribute, value);
        put(item);
    }

    void without(ItemKey key, String attribute) {
        Map<String, AttributeValue> item = new HashMap<>(get(key));
        item.remove(attribute);
        put(item);
    }

    void delete(ItemKey key) {
        client.deleteItem(request -> request.tableName(table).key(Attributes.of(key)));
    }
}
