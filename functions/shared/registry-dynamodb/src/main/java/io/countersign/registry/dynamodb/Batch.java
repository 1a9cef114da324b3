package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** One batch of reads by key: a single request, and more only for keys that DynamoDB left unprocessed. */
record Batch(DynamoDbClient client, String table) {
    /** The items as they stand in the table, in no order. */
    List<Map<String, AttributeValue>> get(Set<ItemKey> keys, Consistency consistency, Deadline deadline)
            throws StoreUnavailable {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(Attributes::of).toList())
                        .consistentRead(consistency == Consistency.STRONG)
                        .build());
        while (true) {
            BatchGetItemResponse answer = ask(wanted, deadline);
            found.addAll(answer.responses().getOrDefault(table, List.of()));
            if (answer.unprocessedKeys().isEmpty()) {
                return List.copyOf(found);
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
