package io.countersign.policy;

/** The bounds of one policy document. They are far above RAM's own (6,144 characters), and keep every decision's cost bounded. */
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

    /** {@code *} in one pattern. */
    static final int RUNS = 16;

    /** Variables in one pattern. */
    static final int VARIABLES = 8;

    private Limits() {}
}
