package io.countersign.rotate;

import io.countersign.registry.Records;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the events that wait in the registry, the oldest first, and deletes each one when the sink has accepted it. Delivery is at least once: no event is lost, and
 * one may be sent twice. An event that is refused or cannot be read delays no other. A refused event is retried after a pause that doubles, and moves to the dead
 * letters after a day, with an error in the log. Callers must not call one instance concurrently.
 */
public final class Outbox {
    /** The most pages that one call reads. */
    private static final int MAX_PAGES = 1_000;

    private static final int PAGE = EventSink.MAX_EVENTS;

    private final RegistryStore store;
    private final EventSink sink;

    public Outbox(RegistryStore store, EventSink sink) {
        this.store = store;
        this.sink = sink;
    }

    /**
     * Sends the events that are due.
     *
     * @return the number of events sent
     * @throws StoreUnavailable.UnreadableRecord when all were sent except some that cannot be read
     * @throws IOException when the sink refused some, which wait for another attempt
     */
    public int send(Instant now) throws StoreUnavailable, IOException {
        return send(new OutboxRun(store, sink, now, false));
    }

    /** Sends all waiting events as {@link #send} does, including those that are not due after a refusal. */
    public int sendAll(Instant now) throws StoreUnavailable, IOException {
        return send(new OutboxRun(store, sink, now, true));
    }

    private int send(OutboxRun run) throws StoreUnavailable, IOException {
        Optional<StoreUnavailable.UnreadableRecord> unreadable = Optional.empty();
        Optional<String> after = Optional.empty();
        for (int page = 0; page < MAX_PAGES && (page == 0 || after.isPresent()) && !run.isGivenUp(); page++) {
            RegistryStore.Page found =
                    store.query(OutboxItem.PARTITION, after, PAGE, RegistryStore.Consistency.STRONG, run.now());
            List<OutboxRun.Waiting> readable = new ArrayList<>();
            for (Item item : found.items()) {
                try {
                    readable.add(new OutboxRun.Waiting(item, Records.read(item, OutboxItem::read)));
                } catch (StoreUnavailable.UnreadableRecord e) {
                    unreadable = unreadable.or(() -> Optional.of(e));
                }
            }
            run.send(readable);
            after = found.next();
        }
        run.requireAll();
        if (unreadable.isPresent()) {
            throw unreadable.get();
        }
        return run.sent();
    }
}
