package io.countersign.registry;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The token keys of a registry. The newest one seals; older ones open until the last token that they sealed has
 * expired.
 */
public record TokenKeyRing(List<TokenKey> keys) {
    private static final Comparator<TokenKey> BY_AGE =
            Comparator.comparing(TokenKey::createdAt).thenComparing(TokenKey::id);

    public TokenKeyRing {
        keys = List.copyOf(keys);
    }

    /**
     * Returns the key that seals: the newest Active one that is due, or the one that is due first when none is.
     *
     * @throws StoreUnavailable when the registry has none
     */
    public TokenKey sealing(Instant now) throws StoreUnavailable {
        List<TokenKey> active =
                keys.stream().filter(key -> key.status() == KeyStatus.ACTIVE).toList();
        return active.stream()
                .filter(key -> !key.sealsFrom().isAfter(now))
                .max(BY_AGE)
                .or(() -> active.stream()
                        .min(Comparator.comparing(TokenKey::sealsFrom).thenComparing(BY_AGE)))
                .orElseThrow(
                        () -> new StoreUnavailable(
                                "the registry has no key to seal security tokens under; apply the manifest again, which makes one"));
    }

    /** Returns the key of this id if it may open tokens at this moment. */
    public Optional<TokenKey> opening(String id, Instant now) {
        for (TokenKey key : keys) {
            if (key.id().equals(id) && key.opens(now)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /**
     * A key that seals security tokens, with its secret opened.
     *
     * @param id part of each token that it seals; never reused
     * @param secret 32 random bytes in base64url
     * @param sealsFrom the key does not seal before this moment while an older Active key can seal, because some
     *     readers may not know it yet
     * @param opensUntil when the last token that it sealed expires; empty while it seals
     */
    public record TokenKey(
            String id,
            KeyStatus status,
            Secret secret,
            Instant createdAt,
            Instant sealsFrom,
            Optional<Instant> opensUntil) {
        /** Whether tokens under this key are accepted at this moment. */
        public boolean opens(Instant now) {
            return status.verifies() && opensUntil.map(now::isBefore).orElse(true);
        }
    }

    /** Makes the first token key of a registry. */
    public static final class TokenKeys {
        private TokenKeys() {}

        /**
         * Ensures that the registry has a token key. Of several processes that start at once exactly one makes it.
         *
         * @throws SealingException when the root key cannot be used
         */
        public static void ensure(RegistryStore store, Sealer sealer, Instant now, SecureRandom random)
                throws StoreUnavailable, SealingException {
            if (store.get(Set.of(TokenKeyItem.KEY), RegistryStore.Consistency.STRONG, now)
                    .isEmpty()) {
                String first = TokenKeyItem.text(List.of(make(sealer, now, random)));
                // A conflict means that another process made the key first.
                store.write(Transaction.of(Write.put(TokenKeyItem.KEY, first, Condition.absent())), now);
            }
        }

        /**
         * Returns a new key that may seal at once.
         *
         * @throws SealingException when the root key cannot be used
         */
        public static TokenKeyItem.StoredTokenKey make(Sealer sealer, Instant now, SecureRandom random)
                throws SealingException {
            String id = NewCredentials.tokenKeyId(random);
            String sealed = sealer.seal(NewCredentials.tokenKey(random), TokenKeyItem.StoredTokenKey.sealIdentity(id));
            return new TokenKeyItem.StoredTokenKey(id, KeyStatus.ACTIVE, sealed, now, now, Optional.empty());
        }
    }
}
