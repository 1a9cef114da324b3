package io.countersign.registry;

import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The token keys of a registry. The newest seals; older ones open until the last token that they sealed has ended. */
public record TokenKeyRing(List<TokenKey> keys) {
    private static final Comparator<TokenKey> BY_AGE =
            Comparator.comparing(TokenKey::createdAt).thenComparing(TokenKey::id);

    public TokenKeyRing {
        keys = List.copyOf(keys);
    }

    /**
     * The key that seals: the newest Active one whose time has come, and when none's has, the one that comes first.
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

    /** The key of this id if it may open tokens at this moment. */
    public Optional<TokenKey> opening(String id, Instant now) {
        return keys.stream()
                .filter(key -> key.id().equals(id) && key.opens(now))
                .findFirst();
    }
}
