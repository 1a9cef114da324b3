package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamRefusal;
import io.countersign.signing.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Signs calls to RAM with the user's own keys, so that no further long-lived key is stored. The newest Active key signs first. When RAM refuses it, as it does for a
 * moment after a key's creation, the next key signs, and at last one that is Inactive in the registry and not yet at RAM. The key that the call concerns signs
 * last.
 */
record RamSigners(Sealer sealer) {
    /** The longest time for which RAM may not know a new key. */
    static final Duration PROPAGATION = Duration.ofMinutes(5);

    private static final Comparator<StoredKey> BEST_FIRST = Comparator.comparing(
                    (StoredKey key) -> key.status() != KeyStatus.ACTIVE)
            .thenComparing(key -> key.status() != KeyStatus.RETIRING)
            .thenComparing(Comparator.comparing(StoredKey::createdAt).reversed());

    interface Call<T> {
        T with(AccessKey signer) throws RamRefusal;
    }

    <T> T ask(KeyOwner keyOwner, Optional<String> about, Instant now, Call<T> call)
            throws AuthorityFailure, StoreUnavailable {
        List<StoredKey> signers = signers(keyOwner, about);
        for (StoredKey signer : signers) {
            try {
                return call.with(opened(signer));
            } catch (RamRefusal e) {
                if (e.error() != RamRefusal.RamError.SIGNER_REFUSED) {
                    throw failure(e);
                }
            }
        }
        throw noSigner(signers, now);
    }

    private static List<StoredKey> signers(KeyOwner keyOwner, Optional<String> about) {
        List<StoredKey> signers = new ArrayList<>(keyOwner.keys().stream()
                .filter(key -> key.status().verifies() || key.deactivationPending())
                .sorted(BEST_FIRST)
                .toList());
        signers.sort(Comparator.comparing(key -> about.equals(Optional.of(key.id()))));
        return signers;
    }

    private static AuthorityFailure failure(RamRefusal refusal) {
        return switch (refusal.error()) {
            case UNAVAILABLE, UNUSABLE ->
                AuthorityFailure.passing(refusal.error().code(), refusal.reason());
            case SIGNER_REFUSED, NO_PERMISSION, NO_SUCH_USER, LIMIT, REFUSED ->
                AuthorityFailure.lasting(refusal.error().code(), refusal.reason());
        };
    }

    private static AuthorityFailure noSigner(List<StoredKey> signers, Instant now) {
        boolean fresh = signers.stream()
                .anyMatch(key -> key.createdAt().plus(PROPAGATION).isAfter(now));
        return fresh
                ? notKnownYet()
                : AuthorityFailure.lasting(
                        "RamNoSigner",
                        "RAM accepts none of the user's keys in the registry; create one at RAM and import it with apply");
    }

    static AuthorityFailure notKnownYet() {
        return AuthorityFailure.passing(
                "RamKeyNotKnownYet", "RAM does not know the user's new key yet; rotation retries");
    }

    private AccessKey opened(StoredKey key) throws StoreUnavailable.UnreadableRecord {
        try {
            return new AccessKey(key.id(), sealer.open(key.sealed().orElse(""), StoredKey.sealIdentity(key.id())));
        } catch (SealingException e) {
            throw new StoreUnavailable.UnreadableRecord(
                    "the access key " + key.id() + " that signs for RAM does not open: " + e.getMessage(), e);
        }
    }
}
