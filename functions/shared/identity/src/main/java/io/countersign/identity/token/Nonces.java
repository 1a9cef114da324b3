package io.countersign.identity.token;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ConflictRetry;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Records used nonces in the store. Of concurrent calls with the same nonce, in any number of processes, exactly one is the first. The caller verifies the signature
 * before, because otherwise anyone could fill the store or use up the nonces of others.
 */
public final class Nonces {
    /** A store under load may report a conflict with another transaction. */
    private static final int ATTEMPTS = 3;

    /**
     * How much longer a nonce is stored than its request is valid. A store deletes expired items by the clock of the writing process. If that clock was ahead and is set back, the request is valid again, and its nonce must still be
     * stored.
     */
    static final Duration OUTLIVES = Duration.ofDays(1);

    private final RegistryStore store;

    public Nonces(RegistryStore store) {
        this.store = store;
    }

    /**
     * Uses up a nonce in one conditional write.
     *
     * @param accessKeyId the key of the nonce; two keys may use equal nonces
     * @param expiresAt the moment from which a request with this nonce is refused as expired; the nonce is stored a day longer
     * @return whether this is the first use
     */
    public boolean firstUse(String accessKeyId, String nonce, Instant expiresAt, Instant now) throws StoreUnavailable {
        ItemKey key = key(accessKeyId, nonce);
        Transaction use = Transaction.of(Write.put(key, "{}", expiresAt.plus(OUTLIVES), Condition.absentOrExpired()));
        return ConflictRetry.until(
                ATTEMPTS, "the store is too busy to remember a nonce; try again", () -> switch (store.write(use, now)) {
                    case RegistryStore.WriteResult.Committed committed -> Optional.of(true);
                    case RegistryStore.WriteResult.Conflict conflict
                    when !conflict.failed().isEmpty() -> Optional.of(false);
                    case RegistryStore.WriteResult.Conflict busy -> Optional.empty();
                });
    }

    /** Nonces are hashed, because clients choose their length. */
    private static ItemKey key(String accessKeyId, String nonce) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(nonce.getBytes(StandardCharsets.UTF_8));
            return new ItemKey("nonce/" + accessKeyId + "/" + HexFormat.of().formatHex(hash), "nonce");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
