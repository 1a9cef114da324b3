package io.countersign.gateway.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Attempts to answer calls of one route on their event loop, which saves the way to a worker and back. An attempt ends without an answer when the endpoint calls the store
 * ({@link WorkerStore}) or begins other work that is long ({@link io.countersign.http.LongWork}); the call is then answered by a worker, from its beginning. Endpoints must
 * therefore do nothing before that may not be done twice.
 *
 * <p>An answer can be slow without a store, because policies and requests can be large. After a slow answer the route's calls go to the workers for a while, so that an event
 * loop spends a bounded share of its time in slow ones. See docs/adr/0029-cached-decisions-on-the-event-loop.md. Thread-safe.
 */
public final class LoopAttempts {
    /** The largest body of a call that is attempted, in bytes. */
    static final int MAX_BODY = 8 * 1024;

    static final Duration SLOW = Duration.ofMillis(5);
    /** The pause after a slow answer, as a multiple of the time that it took. */
    static final int PAUSE = 10;

    private static final ScopedValue<Boolean> RUNNING = ScopedValue.newInstance();

    private final LongSupplier nanos;
    /** By {@link #nanos}. */
    private final AtomicLong pausedUntil;

    /** The endpoint called the store. */
    static final class WorkerRequiredException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final WorkerRequiredException ONCE = new WorkerRequiredException();

        private WorkerRequiredException() {
            super("a worker has to answer this", null, false, false);
        }
    }

    /** @param nanos a monotonic clock */
    public LoopAttempts(LongSupplier nanos) {
        this.nanos = nanos;
        this.pausedUntil = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Ends an attempt that this thread is making, by an unchecked exception that the caller lets through. Does nothing on other threads.
     */
    public static void requireWorker() {
        if (RUNNING.isBound()) {
            throw WorkerRequiredException.ONCE;
        }
    }

    /**
     * Answers a call if that needs no worker.
     *
     * @param bodyBytes the length of the call's body
     * @param work lets every unchecked exception through
     */
    public <T> Optional<T> attempt(int bodyBytes, Supplier<T> work) {
        long start = nanos.getAsLong();
        if (bodyBytes > MAX_BODY || start - pausedUntil.get() < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ScopedValue.where(RUNNING, true).call(work::get));
        } catch (WorkerRequiredException e) {
            return Optional.empty();
        } finally {
            long end = nanos.getAsLong();
            if (end - start > SLOW.toNanos()) {
                pausedUntil.set(end + PAUSE * (end - start));
            }
        }
    }
}
