package io.countersign.registry.sealing;

import java.util.List;

/** Where the versions of a root key are kept, for any number of processes at once. */
public interface RootKeySource {
    /**
     * All versions as they stand now, oldest first, at least one. A version that was ever read is not asked for again where that costs something.
     *
     * @throws SealingException when there is none or they cannot be read
     */
    List<RootKeyVersion> read() throws SealingException;

    /**
     * Makes a version that is newer than all. Of several processes that do so at once one wins, and nothing is made when {@code newest} is not the newest
     * any more: reading tells which one is.
     *
     * @throws SealingException when it cannot be made
     */
    void makeNext(String newest) throws SealingException;
}
