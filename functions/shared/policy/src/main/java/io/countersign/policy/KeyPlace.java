package io.countersign.policy;

/** Where a Condition stands: each place knows keys of its own beside those that all know. */
enum KeyPlace {
    /** Statements of RAM policies that say something about what is asked here. */
    ACCESS,
    /** Statements of RAM policies about other services alone: their conditions are never asked. */
    ELSEWHERE,
    /** Bucket policies, which OSS alone reads. */
    BUCKET,
    /** Trust policies. */
    TRUST;

    /**
     * Whether a policy may ask here for a key that nobody tells, because another service has it. What looks like a key of OSS's, RAM's or STS's own is a typing
     * error where it is not known, unless the statement is about other services alone.
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
