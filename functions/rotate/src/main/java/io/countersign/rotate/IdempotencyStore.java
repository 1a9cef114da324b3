package io.countersign.rotate;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.Records;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ConflictRetry;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stores the answer to each event under the event's id for a day, in the transaction of the event's changes: neither is written without the other. */
record IdempotencyStore(RegistryStore store) {
    private static final Duration DAY = Duration.ofDays(1);

    /** Returns the stored answer to this event; a refusal when another event had its id. */
    Optional<EventAnswer> recall(IncomingEvent event, Instant now) throws StoreUnavailable {
        ItemKey key = key(event);
        Optional<Item> item = Optional.ofNullable(
                store.get(Set.of(key), RegistryStore.Consistency.STRONG, now).get(key));
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(Records.read(item.get(), remembered -> read(remembered, event)));
    }

    /** Returns a write whose transaction conflicts when an answer to the event is stored already. */
    static Write remember(IncomingEvent event, EventAnswer answer, Instant now) {
        return Write.put(key(event), text(event, answer), now.plus(DAY), Condition.absentOrExpired());
    }

    private static ItemKey key(IncomingEvent event) {
        return new ItemKey("event/" + event.id(), "event");
    }

    private static String text(IncomingEvent event, EventAnswer answer) {
        return JsonText.object(json -> {
            json.put("content", event.content());
            switch (answer) {
                case EventAnswer.Done done ->
                    json.objects(
                            "done",
                            done.facts(),
                            (one, fact) -> one.put("type", fact.type().text()).put("subject", fact.subject()));
                case EventAnswer.Refused refused ->
                    json.put("refused", refused.refusal().code());
            }
        });
    }

    private static EventAnswer read(Item item, IncomingEvent event) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        if (!members.string("content").equals(event.content())) {
            return new EventAnswer.Refused(EventAnswer.Refusal.EVENT_ID_REUSED);
        }
        if (members.has("refused")) {
            Value code = members.required("refused");
            return new EventAnswer.Refused(
                    EventAnswer.Refusal.of(Members.string(code)).orElseThrow(() -> unknown(code)));
        }
        List<Fact> facts = new ArrayList<>();
        for (Value value : members.list("done")) {
            Members fact = Members.of(value);
            Value type = fact.required("type");
            facts.add(new Fact(
                    Fact.Type.of(Members.string(type)).orElseThrow(() -> unknown(type)), fact.string("subject")));
        }
        return new EventAnswer.Done(facts);
    }

    private static InvalidDocumentException unknown(Value value) {
        return new InvalidDocumentException(value.at(), "the value is unknown");
    }

    /** Retries the transaction of an event until it commits, or until another process has committed it. */
    record OptimisticRetry(RegistryStore store, IncomingEvent event, Instant now) {
        /** Concurrent changes of the same keys are rare; more conflicts than this mean a defect. */
        private static final int MAX_ATTEMPTS = 20;

        interface Attempt {
            /** Returns empty on a conflict. */
            Optional<EventAnswer> make() throws StoreUnavailable;
        }

        EventAnswer until(Attempt attempt) throws StoreUnavailable {
            IdempotencyStore memory = new IdempotencyStore(store);
            return ConflictRetry.until(
                    MAX_ATTEMPTS, "other processes keep changing the same keys; send the event again", () -> {
                        Optional<EventAnswer> answer = memory.recall(event, now);
                        return answer.isPresent() ? answer : attempt.make();
                    });
        }

        /** Answers an event that needs no change. */
        Optional<EventAnswer> done() throws StoreUnavailable {
            return remembered(new EventAnswer.Done(List.of()), List.of());
        }

        Optional<EventAnswer> refuse(EventAnswer.Refusal refusal) throws StoreUnavailable {
            return remembered(new EventAnswer.Refused(refusal), List.of());
        }

        Optional<EventAnswer> commit(KeyTransaction change) throws StoreUnavailable {
            return remembered(
                    new EventAnswer.Done(change.recorder().facts()),
                    change.transaction().writes());
        }

        /** Writes the record of a failure, and the refusal. */
        Optional<EventAnswer> refuse(EventAnswer.Refusal refusal, KeyTransaction change) throws StoreUnavailable {
            return remembered(
                    new EventAnswer.Refused(refusal), change.transaction().writes());
        }

        Optional<EventAnswer> remembered(EventAnswer answer, List<Write> writes) throws StoreUnavailable {
            List<Write> all = new ArrayList<>(writes);
            all.add(IdempotencyStore.remember(event, answer, now));
            return write(new Transaction(all)) ? Optional.of(answer) : Optional.empty();
        }

        boolean commitUnremembered(KeyTransaction change) throws StoreUnavailable {
            return write(change.transaction());
        }

        private boolean write(Transaction transaction) throws StoreUnavailable {
            return switch (store.write(transaction, now)) {
                case RegistryStore.WriteResult.Committed committed -> true;
                case RegistryStore.WriteResult.Conflict conflict -> false;
            };
        }
    }
}
