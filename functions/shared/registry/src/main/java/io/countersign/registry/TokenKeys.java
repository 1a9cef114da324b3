package io.countersign.registry;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the first token key of a registry. */
public final class TokenKeys {
    private TokenKeys() {}

    /**
     * Sees to it that the registry has a token key. When several processes start at once exactly one of them makes it.
     *
     * @throws SealingException when the root key cannot be used
     */
    public static void ensure(RegistryStore store, Sealer sealer, Instant now, SecureRandom random)
            throws StoreUnavailable, SealingException {
        if (store.get(Set.of(TokenKeyItem.KEY), Consistency.STRONG, now).isEmpty()) {
            String first = TokenKeyItem.text(List.of(make(sealer, now, random)));
            // A conflict means that another process was faster: its key is the one.
            store.write(Transaction.of(Write.put(TokenKeyItem.KEY, first, Condition.absent())), now);
        }
    }

    /**
     * A new key that may seal at once.
     *
     * @throws SealingException when the root key cannot be used
     */
    public static StoredTokenKey make(Sealer sealer, Instant now, SecureRandom random) throws SealingException {
        String id = NewCredentials.tokenKeyId(random);
        String sealed = sealer.seal(NewCredentials.tokenKey(random), StoredTokenKey.sealIdentity(id));
        return new StoredTokenKey(id, KeyStatus.ACTIVE, sealed, now, now, Optional.empty());
    }
}
