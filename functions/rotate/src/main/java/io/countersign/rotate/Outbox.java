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
 * Sends the events that wait in the registry, the oldest first, and takes each away as it is taken. None is lost: at worst one is sent twice. Each has a state of
 * its own in the registry: one that is refused, or cannot be read, holds up no other; it is tried again after a pause that doubles, and after a day it is laid aside
 * with an alarm in the log. Calls of one instance are made one after the other.
 */
public final class Outbox {
    /** Pages that one call looks at: what waits for its time behind them is met by a later call. */
    private static final int MOST_PAGES = 1_000;

    private static final int PAGE = EventSink.MAX_EVENTS;

    private final RegistryStore store;
    private final EventSink sink;

    public Outbox(RegistryStore store, EventSink sink) {
        this.store = store;
        this.sink = sink;
    }

    /**
     * Sends those whose time has come.
     *
     * @return how many were sent
     * @throws UnreadableRecord when all were sent but some that cannot be read
     * @throws IOException when some were not taken: they wait for their time
     */
    public int send(Instant now) throws StoreUnavailable, IOException {
        return send(new Sending(store, sink, now, false));
    }

    /** Sends all that wait, also those that are to wait longer after a refusal; else as {@link #send}. */
    public int sendAll(Instant now) throws StoreUnavailable, IOException {
        return send(new Sending(store, sink, now, true));
    }

    private int send(Sending sending) throws StoreUnavailable, IOException {
        Optional<StoreUnavailable.UnreadableRecord> unreadable = Optional.empty();
        Optional<String> after = Optional.empty();
        for (int page = 0; page < MOST_PAGES && (page == 0 || after.isPresent()) && !sending.isGivenUp(); page++) {
            RegistryStore.Page found =
                    store.query(OutboxItem.PARTITION, after, PAGE, RegistryStore.Consistency.STRONG, sending.now());
            List<Sending.Waiting> readable = new ArrayList<>();
            for (Item item : found.items()) {
                try {
                    readable.add(new Sending.Waiting(item, Records.read(item, OutboxItem::read)));
                } catch (StoreUnavailable.UnreadableRecord e) {
                    unreadable = unreadable.or(() -> Optional.of(e));
                }
            }
            sending.send(readable);
            after = found.next();
        }
        sending.requireAll();
        if (unreadable.isPresent()) {
            throw unreadable.get();
        }
        return sending.sent();
    }
}
