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

/** Once through the index of due keys. Each step is a transaction; what one look leaves the next one goes on with. */
final class DueKeyScan {
    /** Entries of the index that one look may work on, so that it ends within its time. */
    private static final int MOST_ENTRIES = 2_000;

    private static final int PAGE = 100;

    /** More steps than a holder can need at once: others may be changing the same keys. */
    private static final int MOST_STEPS = 30;

    /** Facts after which a look ends, so that its answer can be remembered in one record. */
    private static final int MOST_FACTS = 1_000;

    /** When RAM has not answered about so many holders, its others are put off: each may take 8 seconds, and a function has a minute for everything. */
    private static final int MOST_SILENT = 5;

    private final RegistryStore store;
    private final Holders holders;
    private final ActionExecutor.ActionRunner steps;
    private final IncomingEvent event;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private Optional<StoreUnavailable.UnreadableRecord> unreadable = Optional.empty();
    private int entries;
    private int silent;

    DueKeyScan(
            RegistryStore store, Holders holders, ActionExecutor.ActionRunner steps, IncomingEvent event, Instant now) {
        this.store = store;
        this.holders = holders;
        this.steps = steps;
        this.event = event;
        this.now = now;
    }

    /** What was done. */
    List<Fact> run() throws StoreUnavailable {
        for (int shard = 0; shard < DueItem.SHARDS && !isOver(); shard++) {
            shard(shard);
        }
        return facts;
    }

    /** The first of the records that cannot be read. What rests on them waits; nothing else does. */
    Optional<StoreUnavailable.UnreadableRecord> unreadable() {
        return unreadable;
    }

    private boolean isOver() {
        return entries >= MOST_ENTRIES || facts.size() >= MOST_FACTS;
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
        for (int i = 0; i < MOST_STEPS && more; i++) {
            Optional<KeyOwner.LoadedHolder> loaded = holders.load(owner, now);
            if (loaded.isPresent() && isPutOff(loaded.get().holder())) {
                replace(entry, owner, Optional.of(now.plus(ActionExecutor.ActionRunner.SOON)));
                return;
            }
            Outcome outcome = loaded.isEmpty() ? Outcome.NOTHING : outcome(loaded.get());
            next = outcome.lookAgain();
            more = outcome.more();
        }
        replace(entry, owner, next);
    }

    private boolean isPutOff(KeyOwner holder) {
        return silent >= MOST_SILENT && KeyAuthority.Authorities.isRam(holder);
    }

    /**
     * What came of one round.
     *
     * @param more whether something else may be due at once
     */
    private record Outcome(Optional<Instant> lookAgain, boolean more) {
        static final Outcome NOTHING = new Outcome(Optional.empty(), false);

        /** That both came. */
        Outcome and(Outcome other) {
            return new Outcome(
                    Stream.concat(lookAgain.stream(), other.lookAgain.stream()).min(Instant::compareTo), other.more);
        }
    }

    private Outcome outcome(KeyOwner.LoadedHolder loaded) throws StoreUnavailable {
        Optional<RotationAction> step = Lifecycle.next(loaded.holder(), now);
        if (step.isEmpty()) {
            return new Outcome(Lifecycle.nextCheckAt(loaded.holder(), now), false).and(settled(loaded));
        }
        KeyTransaction change = steps.make(step.get(), loaded, event, now);
        Outcome outcome = changed(change);
        boolean refused =
                change.failure().filter(failure -> !failure.isTransient()).isPresent();
        Optional<KeyOwner.LoadedHolder> left =
                refused ? holders.load(loaded.holder().owner(), now) : Optional.empty();
        // What is refused may be so for long; what an earlier creation has left does not wait for that.
        return left.isPresent() ? outcome.and(settled(left.get())) : outcome;
    }

    private Outcome settled(KeyOwner.LoadedHolder loaded) throws StoreUnavailable {
        return switch (steps.settle(loaded, event, now)) {
            case ActionExecutor.ActionRunner.Settled.Told told -> changed(told.change());
            case ActionExecutor.ActionRunner.Settled.Quiet quiet -> new Outcome(quiet.lookAgain(), false);
        };
    }

    /** A conflict is no failure: the next round sees what somebody else has done. */
    private Outcome changed(KeyTransaction change) throws StoreUnavailable {
        if (store.write(change.transaction(), now) instanceof RegistryStore.WriteResult.Committed) {
            facts.addAll(change.ledger().facts());
        }
        silent += change.failure().filter(AuthorityFailure::isTransient).isPresent() ? 1 : 0;
        return new Outcome(change.nextCheckAt(), change.failure().isEmpty());
    }

    /** The next entry stands before this one goes, in one transaction: a holder is never without one. */
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

    /** Looks which keys are due, and does what is due about each of their holders. Says what cannot be read when everything else is done. */
    record Schedule(
            RegistryStore store, Holders holders, ActionExecutor.ActionRunner steps, TokenKeyRotation tokenKeys) {
        EventAnswer handle(IncomingEvent.Scheduled event, Instant now) throws StoreUnavailable {
            IdempotencyStore.OptimisticRetry attempts = new IdempotencyStore.OptimisticRetry(store, event, now);
            return attempts.until(() -> {
                DueKeyScan look = new DueKeyScan(store, holders, steps, event, now);
                List<Fact> facts = new ArrayList<>(look.run());
                facts.addAll(tokenKeys.lookAt(event, now));
                if (look.unreadable().isPresent()) {
                    throw look.unreadable().get();
                }
                return attempts.remembered(new EventAnswer.Done(facts), List.of());
            });
        }
    }
}
