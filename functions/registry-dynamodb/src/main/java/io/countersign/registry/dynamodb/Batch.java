package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** One batch of reads by key: a single request, and more only for keys that DynamoDB left unprocessed. */
record Batch(DynamoDbClient client, String table) {
    Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now, Deadline deadline)
            throws StoreUnavailable {
        Map<ItemKey, Item> found = new HashMap<>();
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(Attributes::of).toList())
                        .consistentRead(consistency == Consistency.STRONG)
                        .build());
        while (true) {
            BatchGetItemResponse answer = ask(wanted, deadline);
            for (var attributes : answer.responses().getOrDefault(table, List.of())) {
                Item item = Attributes.item(attributes);
                if (!item.expired(now)) {
                    found.put(item.key(), item);
                }
            }
            if (answer.unprocessedKeys().isEmpty()) {
                return Map.copyOf(found);
            }
            if (!deadline.permits()) {
                throw Failures.throttled(table);
            }
            wanted = answer.unprocessedKeys();
            deadline.pause();
        }
    }

    private BatchGetItemResponse ask(Map<String, KeysAndAttributes> wanted, Deadline deadline) throws StoreUnavailable {
        var bound = deadline.bound();
        return client.batchGetItem(request -> request.requestItems(wanted).overrideConfiguration(bound));
    }
}
