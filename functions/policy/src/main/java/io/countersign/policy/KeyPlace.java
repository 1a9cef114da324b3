package io.countersign.policy;

/** Where a Condition stands: each place knows keys of its own beside those that all know. */
enum KeyPlace {
    /** Policies on access. */
    ACCESS,
    /** Trust policies. */
    TRUST;

    boolean knows(ConditionKey key) {
        return switch (key.group()) {
            case COMMON -> true;
            case OSS -> this == ACCESS;
            case IDENTITY -> this == TRUST;
        };
    }
}
