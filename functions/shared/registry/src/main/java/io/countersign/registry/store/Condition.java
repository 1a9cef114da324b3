package io.countersign.registry.store;

/**
 * A condition on an item that must hold for a transaction to be made. The store evaluates it atomically with the
 * write.
 */
public sealed interface Condition {
    /** Always holds: the item may be present or absent. */
    record Anything() implements Condition {}

    /** There is no item. An expired item that was not removed yet counts as present. */
    record Absent() implements Condition {}

    /** There is no item, or it has expired as of the transaction's {@code now}. */
    record AbsentOrExpired() implements Condition {}

    /** The item exists with exactly this version and has not expired. */
    record VersionEquals(long version) implements Condition {}

    static Condition anything() {
        return new Anything();
    }

    static Condition absent() {
        return new Absent();
    }

    static Condition absentOrExpired() {
        return new AbsentOrExpired();
    }

    static Condition versionEquals(long version) {
        return new VersionEquals(version);
    }
}
