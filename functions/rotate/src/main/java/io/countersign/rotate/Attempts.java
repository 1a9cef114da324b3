package io.countersign.rotate;

import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.registry.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries an event until its transaction is made or somebody else has made it. Whatever is done is remembered with it. */
record Attempts(RegistryStore store, IncomingEvent event, Instant now) {
    /** Others that change the same keys at the same time are rare; more of them than this mean that something is wrong. */
    private static final int MOST = 20;

    interface Attempt {
        /** Empty when somebody else was faster. */
        Optional<EventAnswer> make() throws StoreUnavailable;
    }

    EventAnswer until(Attempt attempt) throws StoreUnavailable {
        EventMemory memory = new EventMemory(store);
        for (int i = 0; i < MOST; i++) {
            Optional<EventAnswer> answer = memory.recall(event, now);
            if (answer.isEmpty()) {
                answer = attempt.make();
            }
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new StoreUnavailable("others keep changing the same keys; send the event again");
    }

    /** There is nothing to do. */
    Optional<EventAnswer> done() throws StoreUnavailable {
        return remembered(new EventAnswer.Done(List.of()), List.of());
    }

    Optional<EventAnswer> refuse(Refusal refusal) throws StoreUnavailable {
        return remembered(new EventAnswer.Refused(refusal), List.of());
    }

    Optional<EventAnswer> commit(Change change) throws StoreUnavailable {
        return remembered(
                new EventAnswer.Done(change.ledger().facts()),
                change.transaction().writes());
    }

    /** Writes what was told of a failure, and the refusal. */
    Optional<EventAnswer> refuse(Refusal refusal, Change change) throws StoreUnavailable {
        return remembered(new EventAnswer.Refused(refusal), change.transaction().writes());
    }

    Optional<EventAnswer> remembered(EventAnswer answer, List<Write> writes) throws StoreUnavailable {
        List<Write> all = new ArrayList<>(writes);
        all.add(EventMemory.remember(event, answer, now));
        return write(new Transaction(all)) ? Optional.of(answer) : Optional.empty();
    }

    boolean commitUnremembered(Change change) throws StoreUnavailable {
        return write(change.transaction());
    }

    private boolean write(Transaction transaction) throws StoreUnavailable {
        return switch (store.write(transaction, now)) {
            case WriteResult.Committed committed -> true;
            case WriteResult.Conflict conflict -> false;
        };
    }
}
