package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Condition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition in DynamoDB's words, compared in the same step as the write.
 *
 * @param values by placeholder; every one is used, since DynamoDB refuses a value that is not
 */
record Expression(String text, Map<String, AttributeValue> values) {
    private static final String ABSENT = "attribute_not_exists(" + Attributes.PARTITION + ")";

    Expression {
        values = Map.copyOf(values);
    }

    /** Empty when anything may stand there. */
    static Optional<Expression> of(Condition condition, Instant now) {
        return switch (condition) {
            case Condition.Anything anything -> Optional.empty();
            case Condition.Absent absent -> Optional.of(new Expression(ABSENT, Map.of()));
            case Condition.AbsentOrExpired absent ->
                Optional.of(new Expression(ABSENT + " OR " + Attributes.EXPIRES + " <= :now", Map.of(":now", at(now))));
            case Condition.VersionEquals equals ->
                Optional.of(new Expression(
                        Attributes.VERSION + " = :version AND " + live(),
                        Map.of(":version", Attributes.number(equals.version()), ":now", at(now))));
        };
    }

    /** That the item's expiry has not come; the value of {@code :now} is {@link #at}. */
    static String live() {
        return "(attribute_not_exists(" + Attributes.EXPIRES + ") OR " + Attributes.EXPIRES + " > :now)";
    }

    static AttributeValue at(Instant now) {
        return Attributes.number(now.toEpochMilli());
    }
}
