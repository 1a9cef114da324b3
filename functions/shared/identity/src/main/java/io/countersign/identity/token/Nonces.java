package io.countersign.identity.token;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Remembers which nonces were used. Of any number of callers that bring the same nonce at once, in any process, one is the first. To be asked only once the
 * signature held: else anybody could fill the store, or use up somebody else's nonces.
 */
public final class Nonces {
    /** A store under load may answer that another transaction was in the way. */
    private static final int ATTEMPTS = 3;

    /**
     * How much longer a nonce is remembered than its request could be sent again. A store clears away what has expired by the clock of whoever writes to it, and that clock may be set
     * back later: the request is then of the present once more.
     */
    static final Duration OUTLIVES = Duration.ofDays(1);

    private final RegistryStore store;

    public Nonces(RegistryStore store) {
        this.store = store;
    }

    /**
     * Uses a nonce up, in one conditional write.
     *
     * @param accessKeyId whose nonce it is: two keys may use the same
     * @param expiresAt from when on a request with this nonce is refused for its age; the nonce is remembered for a day longer, by clocks that were ahead
     * @return whether nobody has used it before
     */
    public boolean firstUse(String accessKeyId, String nonce, Instant expiresAt, Instant now) throws StoreUnavailable {
        ItemKey key = key(accessKeyId, nonce);
        Transaction use = Transaction.of(Write.put(key, "{}", expiresAt.plus(OUTLIVES), Condition.absentOrExpired()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            switch (store.write(use, now)) {
                case WriteResult.Committed committed -> {
                    return true;
                }
                case WriteResult.Conflict conflict
                when !conflict.failed().isEmpty() -> {
                    return false;
                }
                case WriteResult.Conflict busy -> {}
            }
        }
        throw new StoreUnavailable("the store is too busy to remember a nonce; try again");
    }

    /** Nonces are hashed, because their lengths are their senders' choice. */
    private static ItemKey key(String accessKeyId, String nonce) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(nonce.getBytes(StandardCharsets.UTF_8));
            return new ItemKey("nonce/" + accessKeyId + "/" + HexFormat.of().formatHex(hash), "nonce");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
