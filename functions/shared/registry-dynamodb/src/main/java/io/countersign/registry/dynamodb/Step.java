package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** A write in DynamoDB's words. */
record Step(String table, long version, Instant now) {
    TransactWriteItem of(Write write) {
        Optional<Expression> condition = Expression.of(write.condition(), now);
        // DynamoDB takes no empty map of values.
        Optional<Map<String, AttributeValue>> values =
                condition.map(Expression::values).filter(map -> !map.isEmpty());
        TransactWriteItem.Builder item = TransactWriteItem.builder();
        return switch (write) {
            case Write.Put put -> {
                Put.Builder step = Put.builder().tableName(table).item(Attributes.of(put, version));
                condition.ifPresent(expression -> step.conditionExpression(expression.text()));
                values.ifPresent(step::expressionAttributeValues);
                yield item.put(step.build()).build();
            }
            case Write.Delete delete -> {
                Delete.Builder step = Delete.builder().tableName(table).key(Attributes.of(delete.key()));
                condition.ifPresent(expression -> step.conditionExpression(expression.text()));
                values.ifPresent(step::expressionAttributeValues);
                yield item.delete(step.build()).build();
            }
            case Write.Check check -> {
                ConditionCheck.Builder step =
                        ConditionCheck.builder().tableName(table).key(Attributes.of(check.key()));
                condition.ifPresent(expression -> step.conditionExpression(expression.text()));
                values.ifPresent(step::expressionAttributeValues);
                yield item.conditionCheck(step.build()).build();
            }
        };
    }
}
