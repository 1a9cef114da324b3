package io.countersign.registry.dynamodb;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** A put that stands alone: half the price of a transaction. */
record SinglePut(DynamoDbClient client, String table) {
    WriteResult make(Write.Put put, long version, Instant now, Deadline deadline) throws StoreUnavailable {
        PutItemRequest.Builder request = PutItemRequest.builder()
                .tableName(table)
                .item(Attributes.of(put, version))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .overrideConfiguration(deadline.bound());
        Expression.of(put.condition(), now).ifPresent(expression -> {
            request.conditionExpression(expression.text());
            if (!expression.values().isEmpty()) {
                request.expressionAttributeValues(expression.values());
            }
        });
        try {
            client.putItem(request.build());
            return new WriteResult.Committed();
        } catch (ConditionalCheckFailedException e) {
            return ours(e, version) ? new WriteResult.Committed() : new WriteResult.Conflict(List.of(put.key()));
        }
    }

    /** An attempt may have been made whose answer was lost; then the next one fails on what the first wrote, and finds its version there. */
    private static boolean ours(ConditionalCheckFailedException failure, long version) {
        return failure.hasItem()
                && Attributes.version(failure.item())
                        .filter(found -> found == version)
                        .isPresent();
    }
}
