package io.countersign.identity.token;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ConflictRetry;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.base.Hmac;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Records used nonces in the store. Of concurrent calls with the same nonce, in any number of processes, exactly one is the first. The caller verifies the signature
 * before, because otherwise anyone could fill the store or use up the nonces of others. Nonces of two kinds never meet.
 */
public final class Nonces {
    /** A store under load may report a conflict with another transaction. */
    private static final int ATTEMPTS = 3;

    private final RegistryStore store;
    private final Kind kind;

    public Nonces(RegistryStore store, Kind kind) {
        this.store = store;
        this.kind = kind;
    }

    /** What the nonces are of. */
    public enum Kind {
        /** Signed calls of STS. */
        CALLS("nonce", Duration.ofDays(1)),
        /** URLs that are good once. As long as a clock of OSS's protocol may differ ({@code RequestTimeTooSkewed}). */
        URLS("once", Duration.ofMinutes(15));

        private final String partition;
        /**
         * How much longer a nonce is stored than its request is valid. A store deletes expired items by the clock of the writing process. If that clock was ahead and is set back, the request is valid again, and its nonce must still be
         * stored.
         */
        private final Duration outlives;

        Kind(String partition, Duration outlives) {
            this.partition = partition;
            this.outlives = outlives;
        }

        Duration outlives() {
            return outlives;
        }
    }

    /**
     * Uses up a nonce in one conditional write.
     *
     * @param accessKeyId the key of the nonce; two keys may use equal nonces
     * @param expiresAt the moment from which a request with this nonce is refused as expired; the nonce is stored longer, by its kind
     * @return whether this is the first use
     */
    public boolean firstUse(String accessKeyId, String nonce, Instant expiresAt, Instant now) throws StoreUnavailable {
        ItemKey key = key(accessKeyId, nonce);
        Transaction use =
                Transaction.of(Write.put(key, "{}", expiresAt.plus(kind.outlives), Condition.absentOrExpired()));
        return ConflictRetry.until(
                ATTEMPTS, "the store is too busy to remember a nonce; try again", () -> switch (store.write(use, now)) {
                    case RegistryStore.WriteResult.Committed committed -> Optional.of(true);
                    case RegistryStore.WriteResult.Conflict conflict
                    when !conflict.failed().isEmpty() -> Optional.of(false);
                    case RegistryStore.WriteResult.Conflict busy -> Optional.empty();
                });
    }

    /** Whether a nonce is used up. It does not use it up, and another call may do so at any moment. */
    public boolean isUsed(String accessKeyId, String nonce, Instant now) throws StoreUnavailable {
        return !store.get(Set.of(key(accessKeyId, nonce)), RegistryStore.Consistency.STRONG, now)
                .isEmpty();
    }

    /** Nonces are hashed, because clients choose their length. */
    private ItemKey key(String accessKeyId, String nonce) {
        return new ItemKey(kind.partition + "/" + accessKeyId + "/" + Hmac.Digests.sha256Hex(nonce), kind.partition);
    }
}
