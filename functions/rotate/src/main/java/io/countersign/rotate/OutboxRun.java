package io.countersign.rotate;

import io.countersign.http.LogValue;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One pass over the outbox. */
final class OutboxRun {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    /** Consecutive failures after which the sink counts as unavailable. */
    private static final int MAX_FAILURES_IN_A_ROW = 3;

    private final RegistryStore store;
    private final EventSink sink;
    private final Instant now;
    private final boolean all;
    private int sent;
    private int failedInARow;
    private Optional<IOException> failure = Optional.empty();

    record Waiting(Item item, OutboxItem.WaitingEvent state) {
        OutboxItem.OutgoingEvent event() {
            return state.event();
        }
    }

    /** @param all whether to send events that wait after a refusal, too */
    OutboxRun(RegistryStore store, EventSink sink, Instant now, boolean all) {
        this.store = store;
        this.sink = sink;
        this.now = now;
        this.all = all;
    }

    Instant now() {
        return now;
    }

    int sent() {
        return sent;
    }

    boolean isGivenUp() {
        return failedInARow >= MAX_FAILURES_IN_A_ROW;
    }

    void requireAll() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    void send(List<Waiting> found) throws StoreUnavailable {
        if (!found.isEmpty()) {
            sink.waiting(events(found));
        }
        List<Waiting> due =
                found.stream().filter(each -> all || each.state().isDue(now)).toList();
        for (int from = 0; from < due.size() && !isGivenUp(); from += sink.atOnce()) {
            batch(due.subList(from, Math.min(from + sink.atOnce(), due.size())));
        }
    }

    private void batch(List<Waiting> batch) throws StoreUnavailable {
        List<OutboxItem.OutgoingEvent> refused = List.of();
        try {
            sink.send(events(batch));
            failedInARow = 0;
        } catch (EventSink.NotTaken e) {
            refused = e.refused();
            failed(e);
        } catch (IOException e) {
            refused = events(batch);
            failedInARow++;
            failed(e);
        }
        taken(batch, refused);
        for (Waiting each : batch) {
            if (refused.contains(each.event())) {
                refused(each);
            }
        }
    }

    private void failed(IOException e) {
        failure = failure.or(() -> Optional.of(e));
    }

    private void taken(List<Waiting> batch, List<OutboxItem.OutgoingEvent> refused) throws StoreUnavailable {
        List<Write> done = new ArrayList<>();
        for (Waiting each : batch) {
            if (!refused.contains(each.event())) {
                done.add(Write.delete(each.item().key(), Condition.anything()));
            }
        }
        if (!done.isEmpty()) {
            store.write(new Transaction(done), now);
            sent += done.size();
        }
    }

    /** Postpones the event, or moves it to the dead letters. A conflict means that another process has sent it, or was refused too. */
    private void refused(Waiting each) throws StoreUnavailable {
        OutboxItem.WaitingEvent next = each.state().refused(now);
        Condition unchanged = Condition.versionEquals(each.item().version());
        if (next.isUndeliverable(now)) {
            ItemKey dead = new ItemKey(OutboxItem.DEAD, each.item().key().sort());
            store.write(
                    Transaction.of(
                            Write.delete(each.item().key(), unchanged),
                            Write.put(dead, OutboxItem.text(next), Condition.anything())),
                    now);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "event=EventNotDelivered id={0} type={1} tries={2} reason={3}",
                    each.event().id(),
                    each.event().type(),
                    next.refusals(),
                    LogValue.quoted(failure.map(IOException::getMessage).orElse("refused")));
        } else {
            store.write(Transaction.of(Write.put(each.item().key(), OutboxItem.text(next), unchanged)), now);
        }
    }

    private static List<OutboxItem.OutgoingEvent> events(List<Waiting> waiting) {
        return waiting.stream().map(Waiting::event).toList();
    }
}
