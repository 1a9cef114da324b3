package io.countersign.registry;

import io.countersign.registry.sealing.SealIdentity;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import java.time.Instant;
import java.util.Optional;

/**
 * A token key as it stands in the table.
 *
 * @param sealed the key under the root key
 */
public record StoredTokenKey(
        String id,
        KeyStatus status,
        String sealed,
        Instant createdAt,
        Instant sealsFrom,
        Optional<Instant> opensUntil) {
    /** Which record the key is sealed for. */
    public static SealIdentity sealIdentity(String id) {
        return new SealIdentity(TokenKeyItem.KEY, id);
    }

    /** This key sealed anew. */
    public StoredTokenKey resealed(String text) {
        return new StoredTokenKey(id, status, text, createdAt, sealsFrom, opensUntil);
    }

    TokenKey opened(Sealer sealer) throws SealingException {
        return new TokenKey(id, status, sealer.open(sealed, sealIdentity(id)), createdAt, sealsFrom, opensUntil);
    }
}
