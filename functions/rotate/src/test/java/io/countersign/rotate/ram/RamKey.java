package io.countersign.rotate.ram;

import java.time.Instant;

/**
 * A key as the server holds it.
 *
 * @param seenFrom when it begins to be listed and to be taken as a signer
 */
public record RamKey(String id, String secret, boolean active, Instant createdAt, Instant seenFrom) {
    RamKey inactive() {
        return new RamKey(id, secret, false, createdAt, seenFrom);
    }
}
