package io.countersign.rotate;

import io.countersign.registry.Owner;
import io.countersign.registry.Records;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One scan of the index of due keys. Each action is a transaction, and the next scan resumes where this one ends. */
final class DueKeyScan {
    /** The most entries of one scan, so that it ends in time. */
    private static final int MAX_ENTRIES = 2_000;

    private static final int PAGE = 100;

    /** More actions than an owner can need at once, because other processes may change the same keys. */
    private static final int MAX_ACTIONS = 30;

    /** The most facts of one scan, so that one record can hold its answer. */
    private static final int MAX_FACTS = 1_000;

    /** After RAM has left calls for so many owners unanswered, its other owners are postponed: each may take 8 seconds, and a function has a minute in all. */
    private static final int MAX_UNANSWERED = 5;

    private final RegistryStore store;
    private final KeyOwners keyOwners;
    private final ActionRunner runner;
    private final IncomingEvent event;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private Optional<StoreUnavailable.UnreadableRecord> unreadable = Optional.empty();
    private int entries;
    private int unanswered;

    DueKeyScan(RegistryStore store, KeyOwners keyOwners, ActionRunner runner, IncomingEvent event, Instant now) {
        this.store = store;
        this.keyOwners = keyOwners;
        this.runner = runner;
        this.event = event;
        this.now = now;
    }

    /** Runs the scan and returns what was done. */
    List<Fact> run() throws StoreUnavailable {
        for (int shard = 0; shard < DueItem.SHARDS && !isOver(); shard++) {
            shard(shard);
        }
        return facts;
    }

    /** The first record that cannot be read. Actions that depend on such a record wait; all others are done. */
    Optional<StoreUnavailable.UnreadableRecord> unreadable() {
        return unreadable;
    }

    private boolean isOver() {
        return entries >= MAX_ENTRIES || facts.size() >= MAX_FACTS;
    }

    private void shard(int shard) throws StoreUnavailable {
        Optional<String> after = Optional.empty();
        do {
            RegistryStore.Page page =
                    store.query(DueItem.partition(shard), after, PAGE, RegistryStore.Consistency.STRONG, now);
            for (Item entry : page.items()) {
                if (!DueItem.hasCome(entry, now) || isOver()) {
                    return;
                }
                entries++;
                try {
                    entry(entry);
                } catch (StoreUnavailable.UnreadableRecord e) {
                    unreadable = unreadable.or(() -> Optional.of(e));
                }
            }
            after = page.next();
        } while (after.isPresent());
    }

    private void entry(Item entry) throws StoreUnavailable {
        Owner owner = Records.read(entry, DueItem::read);
        Optional<Instant> next = Optional.empty();
        boolean more = true;
        for (int i = 0; i < MAX_ACTIONS && more; i++) {
            Optional<KeyOwner.Loaded> loaded = keyOwners.load(owner, now);
            if (loaded.isPresent() && isPostponed(loaded.get().keyOwner())) {
                replace(entry, owner, Optional.of(now.plus(ActionRunner.SOON)));
                return;
            }
            Outcome outcome = loaded.isEmpty() ? Outcome.NOTHING : outcome(loaded.get());
            next = outcome.nextCheckAt();
            more = outcome.more();
        }
        replace(entry, owner, next);
    }

    private boolean isPostponed(KeyOwner keyOwner) {
        return unanswered >= MAX_UNANSWERED && KeyAuthority.Authorities.isRam(keyOwner);
    }

    /**
     * The outcome of one action.
     *
     * @param more whether another action may be due at once
     */
    private record Outcome(Optional<Instant> nextCheckAt, boolean more) {
        static final Outcome NOTHING = new Outcome(Optional.empty(), false);

        /** Combines two outcomes. */
        Outcome and(Outcome other) {
            return new Outcome(
                    Stream.concat(nextCheckAt.stream(), other.nextCheckAt.stream())
                            .min(Instant::compareTo),
                    other.more);
        }
    }

    private Outcome outcome(KeyOwner.Loaded loaded) throws StoreUnavailable {
        Optional<RotationAction> action = Lifecycle.next(loaded.keyOwner(), now);
        if (action.isEmpty()) {
            return new Outcome(Lifecycle.nextCheckAt(loaded.keyOwner(), now), false).and(settled(loaded));
        }
        KeyTransaction change = runner.run(action.get(), loaded, event, now);
        Outcome outcome = changed(change);
        boolean refused =
                change.failure().filter(failure -> !failure.isTransient()).isPresent();
        Optional<KeyOwner.Loaded> left =
                refused ? keyOwners.load(loaded.keyOwner().owner(), now) : Optional.empty();
        // A refusal may last; the keys that an interrupted creation left are deleted all the same.
        return left.isPresent() ? outcome.and(settled(left.get())) : outcome;
    }

    private Outcome settled(KeyOwner.Loaded loaded) throws StoreUnavailable {
        return switch (runner.settle(loaded, event, now)) {
            case ActionRunner.Settled.Failed failed -> changed(failed.change());
            case ActionRunner.Settled.Clean clean -> new Outcome(clean.nextCheckAt(), false);
        };
    }

    /** Writes the transaction. A conflict is no failure: the next round sees the other process's change. */
    private Outcome changed(KeyTransaction change) throws StoreUnavailable {
        if (store.write(change.transaction(), now) instanceof RegistryStore.WriteResult.Committed) {
            facts.addAll(change.recorder().facts());
        }
        unanswered += change.failure().filter(AuthorityFailure::isTransient).isPresent() ? 1 : 0;
        return new Outcome(change.nextCheckAt(), change.failure().isEmpty());
    }

    /** Replaces the entry by the next one in one transaction, so that an owner always has an entry. */
    private void replace(Item entry, Owner owner, Optional<Instant> next) throws StoreUnavailable {
        List<Write> writes = new ArrayList<>();
        Optional<ItemKey> nextKey = next.map(due -> DueItem.key(owner, due));
        if (nextKey.equals(Optional.of(entry.key()))) {
            return;
        }
        writes.add(Write.delete(entry.key(), Condition.anything()));
        nextKey.ifPresent(key -> writes.add(Write.put(key, DueItem.text(owner), Condition.anything())));
        store.write(new Transaction(writes), now);
    }

    /** Handles the scheduled event: scans for due keys and rotates the token key. A record that cannot be read is reported after everything else is done. */
    record Schedule(RegistryStore store, KeyOwners keyOwners, ActionRunner runner, TokenKeyRotation tokenKeys) {
        EventAnswer handle(IncomingEvent.Scheduled event, Instant now) throws StoreUnavailable {
            IdempotencyStore.OptimisticRetry retry = new IdempotencyStore.OptimisticRetry(store, event, now);
            return retry.until(() -> {
                DueKeyScan scan = new DueKeyScan(store, keyOwners, runner, event, now);
                List<Fact> facts = new ArrayList<>(scan.run());
                facts.addAll(tokenKeys.rotateDue(event, now));
                if (scan.unreadable().isPresent()) {
                    throw scan.unreadable().get();
                }
                return retry.remembered(new EventAnswer.Done(facts), List.of());
            });
        }
    }
}
