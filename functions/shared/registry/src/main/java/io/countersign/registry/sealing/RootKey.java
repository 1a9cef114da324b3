package io.countersign.registry.sealing;

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
}
