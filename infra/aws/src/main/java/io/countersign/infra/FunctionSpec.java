package io.countersign.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;

/**
 * One Lambda function.
 *
 * @param name its construct's
 * @param module whose {@code function.zip} it is
 * @param export which of the module's bindings it exports
 * @param uses what it does with the table
 * @param environment further settings
 * @param concurrency instances at once
 */
record FunctionSpec(
        String name,
        String module,
        String export,
        List<TableUse> uses,
        Map<String, String> environment,
        Duration timeout,
        int concurrency) {
    FunctionSpec {
        uses = List.copyOf(uses);
        environment = Map.copyOf(environment);
    }

    /** A function that somebody waits for. */
    static FunctionSpec ofRequests(String name, String module, String export, int concurrency, TableUse... uses) {
        return new FunctionSpec(name, module, export, List.of(uses), Map.of(), Duration.seconds(10), concurrency);
    }

    /** What a function does with the registry's table. Conditions on partitions keep a function that is taken over from writing what others believe. */
    enum TableUse {
        /** Facts by key. */
        READ,
        /** That a nonce was used. */
        USE_NONCES,
        /** The ACLs that a storage has set, with the bucket that they belong to. */
        SET_ACLS,
        /** The ACLs that objects lose before they are written. */
        DROP_ACLS,
        /** Keys, their holders, due entries, outbox, audit. */
        ROTATE;

        List<String> actions() {
            return switch (this) {
                case READ -> List.of("dynamodb:BatchGetItem");
                case USE_NONCES -> List.of("dynamodb:PutItem");
                case SET_ACLS -> List.of("dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem");
                case DROP_ACLS -> List.of("dynamodb:DeleteItem", "dynamodb:ConditionCheckItem");
                case ROTATE ->
                    List.of(
                            "dynamodb:BatchGetItem",
                            "dynamodb:Query",
                            "dynamodb:PutItem",
                            "dynamodb:DeleteItem",
                            "dynamodb:ConditionCheckItem");
            };
        }

        /** Patterns of the partitions that it is allowed in; none: all. */
        List<String> partitions() {
            return switch (this) {
                case READ, ROTATE -> List.of();
                case USE_NONCES -> List.of("nonce/*");
                case SET_ACLS, DROP_ACLS -> List.of("bucket/*", "objects/*");
            };
        }
    }
}
