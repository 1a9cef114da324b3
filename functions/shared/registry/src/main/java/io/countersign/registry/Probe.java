package io.countersign.registry;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the token keys and opens them, at most once a second, so that health checks cannot load the store. A
 * registry without token keys has nothing to open. A caller does not wait for another caller's check: it gets the
 * last answer, unless that is older than five seconds. A remembered answer counts only for the file that was
 * checked.
 */
final class Probe {
    private static final Duration FRESH_FOR = Duration.ofSeconds(1);
    private static final Duration STALE_AFTER = Duration.ofSeconds(5);

    private final RegistryStore store;
    private final Sealer sealer;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Optional<Answer> last = Optional.empty();

    private record Answer(Instant askedAt, Optional<StoreUnavailable> failure) {
        boolean isOlder(Duration age, Instant now) {
            return Duration.between(askedAt, now).abs().compareTo(age) >= 0;
        }
    }

    Probe(RegistryStore store, Sealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    void check(Instant now) throws StoreUnavailable {
        Optional<StoreUnavailable> failure = answer(now).failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        store.requireSame();
    }

    private Answer answer(Instant now) {
        Optional<Answer> known = last;
        if (known.isEmpty() || known.get().isOlder(STALE_AFTER, now)) {
            return askStore(now);
        }
        if (known.get().isOlder(FRESH_FOR, now) && turn.tryLock()) {
            try {
                return askStore(now);
            } finally {
                turn.unlock();
            }
        }
        return known.get();
    }

    private Answer askStore(Instant now) {
        Answer answer = new Answer(now, failure(now));
        last = Optional.of(answer);
        return answer;
    }

    private Optional<StoreUnavailable> failure(Instant now) {
        try {
            open(now);
            return Optional.empty();
        } catch (StoreUnavailable e) {
            return Optional.of(e);
        }
    }

    private void open(Instant now) throws StoreUnavailable {
        for (Item item : store.get(Set.of(TokenKeyItem.KEY), RegistryStore.Consistency.STRONG, now)
                .values()) {
            for (TokenKeyItem.StoredTokenKey key : Records.read(item, TokenKeyItem::read)) {
                try {
                    key.opened(sealer);
                } catch (SealingException e) {
                    throw new StoreUnavailable(e.getMessage(), e);
                }
            }
        }
    }
}
