package io.countersign.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;

/**
 * The specification of one Lambda function.
 *
 * @param name of its construct
 * @param module that builds its {@code function.zip}
 * @param export the binding of the module that it exports
 * @param uses its uses of the table
 * @param environment further settings
 * @param concurrency the most concurrent instances
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

    /** Specifies a function whose caller waits for the answer. */
    static FunctionSpec ofRequests(String name, String module, String export, int concurrency, TableUse... uses) {
        return new FunctionSpec(name, module, export, List.of(uses), Map.of(), Duration.seconds(10), concurrency);
    }

    /** The same function with further settings. */
    FunctionSpec with(Map<String, String> settings) {
        return new FunctionSpec(name, module, export, uses, settings, timeout, concurrency);
    }

    /** A function's use of the registry's table. Conditions on partitions prevent a compromised function from writing records that other functions trust. */
    enum TableUse {
        /** Read records by key. */
        READ,
        /** Record that a nonce was used. */
        USE_NONCES,
        /** Record that a URL was used that is good once. */
        USE_URLS,
        /** Record that an upload was called back about, and put its event into the outbox. */
        TELL_UPLOADS,
        /** Write the ACLs that a storage has set, with a check of their bucket. */
        SET_ACLS,
        /** Delete the ACLs of objects before the objects are overwritten. */
        DROP_ACLS,
        /** Read and write keys, their owners, due entries, the outbox and audit records. */
        ROTATE;

        List<String> actions() {
            return switch (this) {
                case READ -> List.of("dynamodb:BatchGetItem");
                case USE_NONCES, USE_URLS, TELL_UPLOADS -> List.of("dynamodb:PutItem");
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

        /** Returns patterns of the partitions that the use is limited to; empty for all. */
        List<String> partitions() {
            return switch (this) {
                case READ, ROTATE -> List.of();
                case USE_NONCES -> List.of("nonce/*");
                case USE_URLS -> List.of("once/*");
                case TELL_UPLOADS -> List.of("callback/*", "outbox");
                case SET_ACLS, DROP_ACLS -> List.of("bucket/*", "objects/*");
            };
        }
    }
}
