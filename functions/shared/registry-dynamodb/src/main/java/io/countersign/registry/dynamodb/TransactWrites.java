package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Makes several writes in one transaction. Every attempt has the same token, so that an attempt whose answer was lost
 * is not repeated.
 */
record TransactWrites(DynamoDbClient client, String table) {
    /**
     * @param version the version of all writes, whose keys differ
     * @param token distinguishes this transaction from all others of the last ten minutes
     */
    RegistryStore.WriteResult make(List<Write> writes, long version, String token, Instant now, Deadline deadline)
            throws StoreUnavailable {
        TransactItem item = new TransactItem(table, version, now);
        List<TransactWriteItem> items = writes.stream().map(item::of).toList();
        while (true) {
            try {
                attempt(items, token, deadline);
                return new RegistryStore.WriteResult.Committed();
            } catch (TransactionCanceledException e) {
                switch (Cancellation.of(writes, e.cancellationReasons())) {
                    case Cancellation.Failed failed -> {
                        return new RegistryStore.WriteResult.Conflict(failed.keys());
                    }
                    case Cancellation.InTheWay inTheWay -> {
                        if (!deadline.permits()) {
                            return new RegistryStore.WriteResult.Conflict(List.of());
                        }
                    }
                    case Cancellation.Throttled throttled -> {
                        if (!deadline.permits()) {
                            throw Failures.throttled(table);
                        }
                    }
                    case Cancellation.Refused refused -> throw Failures.refused(table, refused.code());
                }
            } catch (TransactionInProgressException e) {
                // An earlier attempt of this transaction is still in progress; the next attempt gets its result.
                if (!deadline.permits()) {
                    throw Failures.tooLate();
                }
            }
            deadline.pause();
        }
    }

    private void attempt(List<TransactWriteItem> items, String token, Deadline deadline) throws StoreUnavailable {
        var bound = deadline.bound();
        client.transactWriteItems(request ->
                request.transactItems(items).clientRequestToken(token).overrideConfiguration(bound));
    }

    /** Converts a write to a DynamoDB request. */
    record TransactItem(String table, long version, Instant now) {
        TransactWriteItem of(Write write) {
            Optional<Expression> condition = Expression.of(write.condition(), now);
            // DynamoDB does not accept an empty map of values.
            Optional<Map<String, AttributeValue>> values =
                    condition.map(Expression::values).filter(map -> !map.isEmpty());
            TransactWriteItem.Builder item = TransactWriteItem.builder();
            return switch (write) {
                case Write.Put put -> {
                    Put.Builder request = Put.builder().tableName(table).item(Attributes.of(put, version));
                    condition.ifPresent(expression -> request.conditionExpression(expression.text()));
                    values.ifPresent(request::expressionAttributeValues);
                    yield item.put(request.build()).build();
                }
                case Write.Delete delete -> {
                    Delete.Builder request = Delete.builder().tableName(table).key(Attributes.of(delete.key()));
                    condition.ifPresent(expression -> request.conditionExpression(expression.text()));
                    values.ifPresent(request::expressionAttributeValues);
                    yield item.delete(request.build()).build();
                }
                case Write.Check check -> {
                    ConditionCheck.Builder request =
                            ConditionCheck.builder().tableName(table).key(Attributes.of(check.key()));
                    condition.ifPresent(expression -> request.conditionExpression(expression.text()));
                    values.ifPresent(request::expressionAttributeValues);
                    yield item.conditionCheck(request.build()).build();
                }
            };
        }
    }

    /** The reason why DynamoDB cancelled a transaction. Its reasons are in the order of the writes. */
    sealed interface Cancellation {
        /** Conditions that did not hold; a retry would give the same result. */
        record Failed(List<ItemKey> keys) implements Cancellation {
            public Failed {
                keys = List.copyOf(keys);
            }
        }

        /** Another transaction was using one of the items. */
        record InTheWay() implements Cancellation {}

        record Throttled() implements Cancellation {}

        /** DynamoDB will never accept the transaction. */
        record Refused(String code) implements Cancellation {}

        static Cancellation of(List<Write> writes, List<CancellationReason> reasons) {
            List<ItemKey> failed = new ArrayList<>();
            Set<String> others = new LinkedHashSet<>();
            for (int i = 0; i < reasons.size() && i < writes.size(); i++) {
                String code = String.valueOf(reasons.get(i).code());
                switch (code) {
                    case "None", "null" -> {}
                    case "ConditionalCheckFailed" -> failed.add(writes.get(i).key());
                    default -> others.add(code);
                }
            }
            if (!failed.isEmpty()) {
                return new Failed(failed);
            }
            others.remove("TransactionConflict");
            if (others.isEmpty()) {
                return new InTheWay();
            }
            others.removeAll(Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"));
            return others.isEmpty()
                    ? new Throttled()
                    : new Refused(others.iterator().next());
        }
    }

    /** A transaction of a single put, at half the price. */
    record SinglePut(DynamoDbClient client, String table) {
        RegistryStore.WriteResult make(Write.Put put, long version, Instant now, Deadline deadline)
                throws StoreUnavailable {
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
                return new RegistryStore.WriteResult.Committed();
            } catch (ConditionalCheckFailedException e) {
                return ours(e, version)
                        ? new RegistryStore.WriteResult.Committed()
                        : new RegistryStore.WriteResult.Conflict(List.of(put.key()));
            }
        }

        /**
         * An earlier attempt whose answer was lost may have succeeded. The retry then fails on the item of the first
         * attempt, which has its version.
         */
        private static boolean ours(ConditionalCheckFailedException failure, long version) {
            return failure.hasItem()
                    && Attributes.version(failure.item())
                            .filter(found -> found == version)
                            .isPresent();
        }
    }

    /**
     * A condition in DynamoDB's syntax, evaluated atomically with the write.
     *
     * @param values by placeholder; all are used, because DynamoDB refuses unused values
     */
    record Expression(String text, Map<String, AttributeValue> values) {
        private static final String ABSENT = "attribute_not_exists(" + Attributes.PARTITION + ")";

        Expression {
            values = Map.copyOf(values);
        }

        /** Returns empty when any state is acceptable. */
        static Optional<Expression> of(Condition condition, Instant now) {
            return switch (condition) {
                case Condition.Anything anything -> Optional.empty();
                case Condition.Absent absent -> Optional.of(new Expression(ABSENT, Map.of()));
                case Condition.AbsentOrExpired absent ->
                    Optional.of(
                            new Expression(ABSENT + " OR " + Attributes.EXPIRES + " <= :now", Map.of(":now", at(now))));
                case Condition.VersionEquals equals ->
                    Optional.of(new Expression(
                            Attributes.VERSION + " = :version AND " + live(),
                            Map.of(":version", Attributes.number(equals.version()), ":now", at(now))));
            };
        }

        /** The condition that the item has not expired; the value of {@code :now} is {@link #at}. */
        static String live() {
            return "(attribute_not_exists(" + Attributes.EXPIRES + ") OR " + Attributes.EXPIRES + " > :now)";
        }

        static AttributeValue at(Instant now) {
            return Attributes.number(now.toEpochMilli());
        }
    }
}
