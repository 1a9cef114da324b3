package io.countersign.rotate;

import io.countersign.registry.Owner;
import io.countersign.registry.Records;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Once through the index of due keys. Each step is a transaction; what one look leaves the next one goes on with. */
final class Look {
    /** Entries of the index that one look may work on, so that it ends within its time. */
    private static final int MOST_ENTRIES = 2_000;

    private static final int PAGE = 100;

    /** More steps than a holder can need at once: others may be changing the same keys. */
    private static final int MOST_STEPS = 30;

    /** When an authority has not answered about so many holders, the rest waits for the next look: each may take its whole time. */
    private static final int MOST_SILENT = 10;

    private final RegistryStore store;
    private final Holders holders;
    private final StepAttempt steps;
    private final IncomingEvent event;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private int entries;
    private int silent;

    Look(RegistryStore store, Holders holders, StepAttempt steps, IncomingEvent event, Instant now) {
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

    private boolean isOver() {
        return entries >= MOST_ENTRIES || silent >= MOST_SILENT;
    }

    private void shard(int shard) throws StoreUnavailable {
        Optional<String> after = Optional.empty();
        do {
            Page page = store.query(DueItem.partition(shard), after, PAGE, Consistency.STRONG, now);
            for (Item entry : page.items()) {
                if (!DueItem.hasCome(entry, now) || isOver()) {
                    return;
                }
                entry(entry);
                entries++;
            }
            after = page.next();
        } while (after.isPresent());
    }

    private void entry(Item entry) throws StoreUnavailable {
        Owner owner = Records.read(entry, DueItem::read);
        Optional<Instant> next = Optional.empty();
        boolean more = true;
        for (int i = 0; i < MOST_STEPS && more; i++) {
            Optional<LoadedHolder> loaded = holders.load(owner, now);
            Optional<Change> change = loaded.isEmpty() ? Optional.empty() : change(loaded.get());
            next = change.isPresent()
                    ? change.get().lookAgain()
                    : loaded.flatMap(found -> Lifecycle.lookAgain(found.holder(), now));
            change.ifPresent(this::count);
            more = change.isPresent() && change.get().failure().isEmpty();
        }
        replace(entry, owner, next);
    }

    /** What was changed about the holder; empty when nothing is due. A conflict is no failure: the next round sees what somebody else has done. */
    private Optional<Change> change(LoadedHolder loaded) throws StoreUnavailable {
        Optional<Step> step = Lifecycle.next(loaded.holder(), now);
        Optional<Change> change = step.isPresent()
                ? Optional.of(steps.make(step.get(), loaded, event, now))
                : steps.settle(loaded, event, now);
        if (change.isPresent() && store.write(change.get().transaction(), now) instanceof WriteResult.Committed) {
            facts.addAll(change.get().ledger().facts());
        }
        return change;
    }

    private void count(Change change) {
        silent += change.failure().filter(AuthorityFailure::isPassing).isPresent() ? 1 : 0;
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
}
