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

/** Looks which keys are due, and does what is due about each of their holders. Each step is a transaction; what one event leaves the next one goes on with. */
record Schedule(RegistryStore store, Holders holders, Steps steps, TokenKeyRotation tokenKeys) {
    /** Entries of the index that one event may work on, so that it ends within its time. */
    private static final int MOST_ENTRIES = 2_000;

    private static final int PAGE = 100;

    /** More steps than a holder can need at once: others may be changing the same keys. */
    private static final int MOST_STEPS = 30;

    EventAnswer handle(IncomingEvent.Scheduled event, Instant now) throws StoreUnavailable {
        Attempts attempts = new Attempts(store, event, now);
        return attempts.until(() -> {
            List<Fact> facts = new ArrayList<>(tokenKeys.lookAt(event, now));
            int entries = 0;
            for (int shard = 0; shard < DueItem.SHARDS && entries < MOST_ENTRIES; shard++) {
                entries += shard(shard, MOST_ENTRIES - entries, event, facts, now);
            }
            return attempts.remembered(new EventAnswer.Done(facts), List.of());
        });
    }

    private int shard(int shard, int most, IncomingEvent event, List<Fact> facts, Instant now) throws StoreUnavailable {
        int entries = 0;
        Optional<String> after = Optional.empty();
        do {
            Page page = store.query(DueItem.partition(shard), after, PAGE, Consistency.STRONG, now);
            for (Item entry : page.items()) {
                if (!DueItem.hasCome(entry, now) || entries == most) {
                    return entries;
                }
                entry(entry, event, facts, now);
                entries++;
            }
            after = page.next();
        } while (after.isPresent());
        return entries;
    }

    private void entry(Item entry, IncomingEvent event, List<Fact> facts, Instant now) throws StoreUnavailable {
        Owner owner = Records.read(entry, DueItem::read);
        Optional<Instant> next = Optional.empty();
        boolean more = true;
        for (int i = 0; i < MOST_STEPS && more; i++) {
            Optional<LoadedHolder> loaded = holders.load(owner, now);
            Optional<Step> step = loaded.flatMap(found -> Lifecycle.next(found.holder(), now));
            next = loaded.flatMap(found -> Lifecycle.lookAgain(found.holder(), now));
            if (loaded.isEmpty() || step.isEmpty()) {
                break;
            }
            Change change = make(step.get(), loaded.get(), event, facts, now);
            next = change.lookAgain();
            more = !change.failed();
        }
        replace(entry, owner, next, now);
    }

    /** A conflict is no failure: the next look sees what somebody else has done. */
    private Change make(Step step, LoadedHolder loaded, IncomingEvent event, List<Fact> facts, Instant now)
            throws StoreUnavailable {
        Change change = new Change(loaded, new Ledger(event, now), now);
        try {
            steps.make(step, change, Cause.DUE, now);
        } catch (AuthorityFailure e) {
            change = new Change(loaded, new Ledger(event, now), now);
            steps.failed(change, about(step), Cause.DUE, e.reason(), now);
        }
        if (store.write(change.transaction(), now) instanceof WriteResult.Committed) {
            facts.addAll(change.ledger().facts());
        }
        return change;
    }

    private static String about(Step step) {
        return switch (step) {
            case Step.Create create -> create.replaced().id();
            case Step.Retire retire -> retire.key().id();
            case Step.Deactivate deactivate -> deactivate.key().id();
            case Step.Delete delete -> delete.key().id();
            case Step.Full full -> full.due().id();
        };
    }

    /** The next entry stands before this one goes, in one transaction: a holder is never without one. */
    private void replace(Item entry, Owner owner, Optional<Instant> next, Instant now) throws StoreUnavailable {
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
