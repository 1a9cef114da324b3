package io.countersign.rotate;

import io.countersign.registry.Records;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.UnreadableRecord;
import io.countersign.registry.store.Write;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the events that wait in the registry, the oldest first, and takes away what was sent. None is lost: at worst one is sent twice. One that cannot be read
 * stays, and holds up no other.
 */
public final class Outbox {
    /** Batches that one call sends, so that it ends within its time. */
    private static final int MOST_BATCHES = 50;

    private final RegistryStore store;
    private final EventSink sink;

    public Outbox(RegistryStore store, EventSink sink) {
        this.store = store;
        this.sink = sink;
    }

    /**
     * @return how many were sent
     * @throws UnreadableRecord when all were sent but some that cannot be read
     * @throws IOException when the sink did not take them: they wait for the next call
     */
    public int send(Instant now) throws StoreUnavailable, IOException {
        int sent = 0;
        Optional<UnreadableRecord> unreadable = Optional.empty();
        Optional<String> after = Optional.empty();
        for (int batch = 0; batch < MOST_BATCHES && (batch == 0 || after.isPresent()); batch++) {
            Page page = store.query(OutboxItem.PARTITION, after, EventSink.MAX_EVENTS, Consistency.STRONG, now);
            List<OutgoingEvent> events = new ArrayList<>();
            List<Write> done = new ArrayList<>();
            for (Item item : page.items()) {
                try {
                    events.add(Records.read(item, OutboxItem::read));
                    done.add(Write.delete(item.key(), Condition.anything()));
                } catch (UnreadableRecord e) {
                    unreadable = unreadable.or(() -> Optional.of(e));
                }
            }
            send(events, done, now);
            sent += events.size();
            after = page.next();
        }
        if (unreadable.isPresent()) {
            throw unreadable.get();
        }
        return sent;
    }

    private void send(List<OutgoingEvent> events, List<Write> done, Instant now) throws StoreUnavailable, IOException {
        if (!events.isEmpty()) {
            sink.send(List.copyOf(events));
            store.write(new Transaction(done), now);
        }
    }
}
