package io.countersign.policy;

/** Whom a principal of a policy names. */
public enum Naming {
    SOMEBODY,
    /** Nobody that there is, but whoever is added under a name that fits; or somebody who never asks here. */
    NOBODY_YET,
    /** Nobody, and no name fits but this very one. */
    NOBODY
}
