package io.countersign.infra;

import java.util.List;

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
