package io.countersign.policy;

/** The bounds of one policy document, and of what is held against it. They are far above RAM's own (6,144 characters); with {@link Steps} they bound what a decision costs. */
final class Limits {
    /** Characters of the document written without white space. */
    static final int TEXT = 512 * 1024;

    static final int STATEMENTS = 2_000;

    /** Entries of one Action, Resource, Principal or condition value list. */
    static final int VALUES = 500;

    /** Keys below one condition operator. */
    static final int KEYS = 50;

    /** Characters of one action, resource, principal or condition value; a bucket and the longest key have 1,087 bytes. */
    static final int PATTERN = 1_280;

    /** Characters of a value that a request brings for a condition key: what is longer is held against no pattern, and counts as unknown. */
    static final int VALUE = 2_048;

    /** {@code *} in one pattern. */
    static final int RUNS = 16;

    /** Variables in one pattern. */
    static final int VARIABLES = 8;

    private Limits() {}
}
