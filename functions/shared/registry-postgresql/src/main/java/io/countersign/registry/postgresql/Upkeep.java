package io.countersign.registry.postgresql;

import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Removes expired rows beside the calls that write: once a second at most, so that an idle registry does nothing. */
final class Upkeep {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Calls calls;
    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /** @param nanoTime a monotonic clock */
    Upkeep(Calls calls, LongSupplier nanoTime) {
        this.calls = calls;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Begins an upkeep, when one is due, in a thread of its own. */
    void after(Instant now) {
        long due = next.get();
        long time = nanoTime.getAsLong();
        if (time - due >= 0 && next.compareAndSet(due, time + PAUSE_NANOS)) {
            Thread.ofVirtual().name("countersign-postgresql-upkeep").start(() -> clear(now));
        }
    }

    private void clear(Instant now) {
        try {
            calls.write(connection -> ExpiredRows.clear(connection, now));
        } catch (StoreUnavailable e) {
            // The rows stay for the next time. Calls that need the server report that it fails.
        }
    }
}
