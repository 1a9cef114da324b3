package io.countersign.registry.store;

/** What must hold of an item for a transaction to be made. It is compared inside the store, in the same step as the write. */
public sealed interface Condition {
    /** Anything: present or absent. */
    record Anything() implements Condition {}

    /** No item stands there. One whose expiry has come but which was not cleared away yet still stands. */
    record Absent() implements Condition {}

    /** No item stands there, or its expiry has come as of the transaction's {@code now}. */
    record AbsentOrExpired() implements Condition {}

    /** The item stands there with exactly this version, and its expiry has not come. */
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
