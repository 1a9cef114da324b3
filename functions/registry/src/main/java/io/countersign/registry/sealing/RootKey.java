package io.countersign.registry.sealing;

import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The key under which secrets are sealed: AES, 256 bits, never in the store that it protects. An implementation that knows older versions
 * opens what they sealed; sealing uses the newest alone.
 */
public interface RootKey {
    /** Names the newest version; letters, digits and {@code -}, 1 to 64 characters. It stands in every sealed text and says nothing of the key. */
    String version();

    /** The key of that version; empty when this holder does not have it. */
    Optional<SecretKey> key(String version);
}
