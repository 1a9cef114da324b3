package io.countersign.registry.sealing;

/**
 * The sealed records of a registry. They determine whether a root key is the right one, and whether one may be made.
 */
public interface SealedRecords {
    /**
     * Whether nothing was sealed yet. A root key is made only for such a registry.
     *
     * @throws SealingException when that cannot be determined
     */
    boolean none() throws SealingException;

    /**
     * Returns when the root key opens the sealed records.
     *
     * @throws SealingException when it does not, or that cannot be determined; nothing may then be sealed under it
     */
    void requireOpenedBy(RootKey root) throws SealingException;
}
