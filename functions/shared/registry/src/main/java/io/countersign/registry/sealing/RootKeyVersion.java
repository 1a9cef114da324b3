package io.countersign.registry.sealing;

import javax.crypto.SecretKey;

/**
 * One version of a root key.
 *
 * @param name letters, digits and {@code -}, 1 to 64 characters; says nothing of the key
 */
public record RootKeyVersion(String name, SecretKey key) {
    private static final int KEY_BYTES = 32;

    /** @throws IllegalArgumentException when the key is not one for AES with 256 bits, or the name is not one of a version */
    public RootKeyVersion {
        if (!isName(name) || !key.getAlgorithm().equals("AES") || key.getEncoded().length != KEY_BYTES) {
            throw new IllegalArgumentException("a root key is " + KEY_BYTES + " bytes for AES under a version's name");
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
