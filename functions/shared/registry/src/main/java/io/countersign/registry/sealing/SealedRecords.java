package io.countersign.registry.sealing;

/** What was sealed already. It decides whether a root key is the right one, and whether one may be made. */
public interface SealedRecords {
    /**
     * Whether nothing was sealed yet. A root key is made for such a registry alone.
     *
     * @throws SealingException when that cannot be told
     */
    boolean none() throws SealingException;

    /**
     * Returns when the root key opens what was sealed.
     *
     * @throws SealingException when it is another one, or that cannot be told: nothing may then be sealed under it
     */
    void requireOpenedBy(RootKey root) throws SealingException;
}
