package io.countersign.policy;

/**
 * The kind of statement that a Condition belongs to. Each has condition keys of its own in addition to the common
 * ones.
 */
enum KeyPlace {
    /** Statements of RAM policies that can match a request here. */
    ACCESS,
    /** Statements of RAM policies about other services only; their conditions are never evaluated. */
    ELSEWHERE,
    /** Bucket policies, which only OSS reads. */
    BUCKET,
    /** Trust policies. */
    TRUST;

    /**
     * Whether a policy may use a key that never has a value here, because it belongs to another service. An unknown
     * key with the prefix of OSS, RAM or STS is a spelling mistake, unless the statement is about other services only.
     */
    boolean takes(ForeignKey key) {
        return switch (this) {
            case ACCESS -> !key.looksLikeOurs() || key.isOfRam();
            case ELSEWHERE -> true;
            case BUCKET, TRUST -> false;
        };
    }

    boolean knows(ConditionKey key) {
        return switch (key.group()) {
            case COMMON -> true;
            case OSS -> this != TRUST;
            case IDENTITY -> this == TRUST;
        };
    }
}
