package io.countersign.registry.sealing;

import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The key under which secrets are sealed: AES, 256 bits, never in the store that it protects. An implementation that knows older versions
 * opens what they sealed; sealing uses the newest alone.
 */
public interface RootKey {
    /**
     * Names the newest version; letters, digits and {@code -}, 1 to 64 characters. It stands in every sealed text and says nothing of the key.
     *
     * @throws SealingException when it cannot be told which one is the newest
     */
    String version() throws SealingException;

    /**
     * The key of that version; empty when this holder does not have it.
     *
     * @throws SealingException when that cannot be told: the key may be had later
     */
    Optional<SecretKey> key(String version) throws SealingException;

    /**
     * One version of a root key.
     *
     * @param name letters, digits and {@code -}, 1 to 64 characters; says nothing of the key
     */
    public record Version(String name, SecretKey key) {
        private static final int KEY_BYTES = 32;

        /** @throws IllegalArgumentException when the key is not one for AES with 256 bits, or the name is not one of a version */
        public Version {
            if (!isName(name) || !key.getAlgorithm().equals("AES") || key.getEncoded().length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a root key is " + KEY_BYTES + " bytes for AES under a version's name");
            }
        }

        static boolean isName(String text) {
            return text.matches("[A-Za-z0-9-]{1,64}");
        }

        /** The name alone. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** Where the versions of a root key are kept, for any number of processes at once. */
    public interface Source {
        /**
         * All versions as they stand now, oldest first, at least one. A version that was ever read is not asked for again where that costs something.
         *
         * @throws SealingException when there is none or they cannot be read
         */
        List<Version> read() throws SealingException;

        /**
         * Makes a version that is newer than all. Of several processes that do so at once one wins, and nothing is made when {@code newest} is not the newest
         * any more: reading tells which one is.
         *
         * @throws SealingException when it cannot be made
         */
        void makeNext(String newest) throws SealingException;
    }
}
