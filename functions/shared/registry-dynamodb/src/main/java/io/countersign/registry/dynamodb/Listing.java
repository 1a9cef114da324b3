package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** One stretch of a partition. DynamoDB counts expired items towards a page, so that a page may take several requests. */
record Listing(DynamoDbClient client, String table, TableFormat format) {
    Page page(
            String partition,
            Optional<String> after,
            int limit,
            Consistency consistency,
            Instant now,
            Deadline deadline)
            throws StoreUnavailable {
        List<Item> items = new ArrayList<>();
        Optional<String> from = after;
        do {
            QueryResponse answer = ask(partition, from, limit - items.size(), consistency, deadline);
            for (var attributes : answer.items()) {
                Item item = Attributes.item(attributes, format);
                if (!item.expired(now)) {
                    items.add(item);
                }
            }
            from = answer.hasLastEvaluatedKey()
                    ? Optional.of(Attributes.sort(answer.lastEvaluatedKey()))
                    : Optional.empty();
        } while (from.isPresent() && items.size() < limit && deadline.permits());
        return new Page(items, from);
    }

    private QueryResponse ask(
            String partition, Optional<String> after, int limit, Consistency consistency, Deadline deadline)
            throws StoreUnavailable {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":partition", Attributes.text(partition)));
        after.ifPresent(sort -> values.put(":after", Attributes.text(sort)));
        String condition = Attributes.PARTITION + " = :partition"
                + (after.isPresent() ? " AND " + Attributes.SORT + " > :after" : "");
        var bound = deadline.bound();
        return client.query(request -> request.tableName(table)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .limit(limit)
                .consistentRead(consistency == Consistency.STRONG)
                .overrideConfiguration(bound));
    }
}
