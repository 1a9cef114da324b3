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

/** What one transaction tells: an event for others and a record for the operator, of each decision. */
final class EventRecorder {
    private final IncomingEvent because;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    EventRecorder(IncomingEvent because, Instant now) {
        this.because = because;
        this.now = now;
    }

    /**
     * Tells one decision.
     *
     * @param id what tells this fact from all others, and is the same when it is found again
     * @param why a sentence for the operator
     */
    void tell(Fact.FactType type, String id, String subject, String why, Consumer<JsonText.JsonObjectWriter> detail) {
        OutboxItem.OutgoingEvent event =
                new OutboxItem.OutgoingEvent(type.text() + "." + id, type.text(), now, JsonText.object(detail));
        AuditItem.AuditRecord record = new AuditItem.AuditRecord(now, type.text(), subject, why, because.id());
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
