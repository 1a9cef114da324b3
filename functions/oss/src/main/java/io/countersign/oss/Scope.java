package io.countersign.oss;

/** What a right is needed on: one target, or every object of a bucket whose key begins with a prefix. */
public sealed interface Scope permits Target, Scope.ObjectPrefix {
    /**
     * All keys that begin with the prefix; an empty prefix is the whole bucket ({@code bucket/*}).
     * An Allow must contain all of them, a Deny that meets one of them bites.
     */
    record ObjectPrefix(String bucket, String prefix) implements Scope {}
}
