package io.countersign.rotate;

import io.countersign.json.JsonText;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects an outgoing event and an audit record for each decision of one transaction. */
final class EventRecorder {
    private final IncomingEvent trigger;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    EventRecorder(IncomingEvent trigger, Instant now) {
        this.trigger = trigger;
        this.now = now;
    }

    /**
     * Records one decision.
     *
     * @param id identifies the fact among those of its type, and is the same when the decision is made again
     * @param why a sentence for the operator
     */
    void recordFact(Fact.Type type, String id, String subject, String why, Consumer<JsonText.ObjectWriter> detail) {
        OutboxItem.OutgoingEvent event =
                new OutboxItem.OutgoingEvent(type.text() + "." + id, type.text(), now, JsonText.object(detail));
        AuditItem.AuditRecord record = new AuditItem.AuditRecord(now, type.text(), subject, why, trigger.id());
        facts.add(new Fact(type, subject));
        writes.add(Write.put(OutboxItem.key(event), OutboxItem.text(event), Condition.anything()));
        writes.add(AuditItem.write(record));
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }

    List<Write> writes() {
        return List.copyOf(writes);
    }
}
