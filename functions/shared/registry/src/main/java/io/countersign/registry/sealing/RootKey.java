package io.countersign.registry.sealing;

import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The key that seals secrets: AES with 256 bits, never in the store that it protects. An implementation that has older
 * versions opens what they sealed; only the newest version seals.
 */
public interface RootKey {
    /**
     * The name of the newest version: 1 to 64 letters, digits and {@code -}. It is part of every sealed text and
     * reveals nothing about the key.
     *
     * @throws SealingException when the newest version cannot be determined
     */
    String version() throws SealingException;

    /**
     * The key of that version; empty when this holder does not have it.
     *
     * @throws SealingException when that cannot be determined; the key may become available later
     */
    Optional<SecretKey> key(String version) throws SealingException;

    /**
     * A version of a root key.
     *
     * @param name 1 to 64 letters, digits and {@code -}; reveals nothing about the key
     */
    public record Version(String name, SecretKey key) {
        private static final int KEY_BYTES = 32;

        /**
         * @throws IllegalArgumentException when the key is not an AES key of 256 bits, or the name is not well-formed
         */
        public Version {
            if (!isName(name) || !key.getAlgorithm().equals("AES") || key.getEncoded().length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a root key is " + KEY_BYTES + " bytes for AES under a version's name");
            }
        }

        static boolean isName(String text) {
            return text.matches("[A-Za-z0-9-]{1,64}");
        }

        /** Prints the name only. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** The place where the versions of a root key are stored, for any number of processes at once. */
    public interface Source {
        /**
         * Returns all current versions, oldest first, at least one. Where reading a version has a cost, one that was
         * read before is not read again.
         *
         * @throws SealingException when there is none or they cannot be read
         */
        List<Version> read() throws SealingException;

        /**
         * Makes a version that is newer than all others. Of several concurrent processes one succeeds, and nothing is
         * made when {@code newest} is no longer the newest version; read the versions to learn the result.
         *
         * @throws SealingException when it cannot be made
         */
        void makeNext(String newest) throws SealingException;
    }
}
