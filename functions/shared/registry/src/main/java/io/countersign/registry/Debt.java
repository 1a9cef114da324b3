package io.countersign.registry;

/** What the registry has decided about a key, and the authority over it is yet to be told. */
public enum Debt {
    NONE,
    /** The key is out of use here. */
    DEACTIVATION,
    /** The key is out of use in both places, and goes as soon as the authority has deleted it. */
    DELETION
}
