package io.countersign.policy;

/** What counts where a statement may apply or not: keys of its Condition are unknown, or it speaks of some of the paths that a right is needed on. */
enum Doubt {
    /** What keeps a right from being given: a Deny applies, an Allow does not. Every decision is made so. */
    REFUSES,
    /** What may give a right: an Allow applies, a Deny does not. It tells what somebody might be allowed somewhere. */
    ALLOWS
}
