package io.countersign.policy;

/** The existing principals that an entry of a policy matches. */
public enum Naming {
    SOMEBODY,
    /** None now, but a principal that is added later may match, or a principal that never calls here does. */
    NOBODY_YET,
    /** None, and only a principal with exactly this name could match. */
    NOBODY
}
