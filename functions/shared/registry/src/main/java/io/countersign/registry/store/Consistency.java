package io.countersign.registry.store;

/** How fresh a read must be. */
public enum Consistency {
    /** Sees every transaction that was acknowledged before the read began. */
    STRONG,
    /** May lag a little, where that is cheaper. */
    EVENTUAL
}
