package io.countersign.gateway.server;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A time limit of one connection, which starts and stops with each of its requests. Neither sets a timer: one timer of Vert.x runs on meanwhile, and when it fires
 * before the limit is over, it is set again for the time that is left. Confined to the connection's event loop.
 */
final class TimeLimit {
    private final Vertx vertx;
    private final Duration time;
    private final LongSupplier nanos;
    private Optional<Runnable> over = Optional.empty();
    /** When the limit is over, by {@link #nanos}. */
    private long end;

    private Optional<Long> timer = Optional.empty();
    private boolean closed;

    /** @param nanos {@link System#nanoTime} */
    TimeLimit(Vertx vertx, Duration time, LongSupplier nanos) {
        this.vertx = vertx;
        this.time = time;
        this.nanos = nanos;
    }

    /** Starts anew. Does nothing after {@link #close}. */
    void start(Runnable whenOver) {
        if (closed) {
            return;
        }
        over = Optional.of(whenOver);
        end = nanos.getAsLong() + time.toNanos();
        if (timer.isEmpty()) {
            set(time.toNanos());
        }
    }

    void stop() {
        over = Optional.empty();
    }

    /** Stops for good. */
    void close() {
        closed = true;
        stop();
        timer.ifPresent(vertx::cancelTimer);
        timer = Optional.empty();
    }

    /** A running timer never fires after the end of a limit that started later, since all have the same time. */
    private void set(long left) {
        long millis = TimeUnit.NANOSECONDS.toMillis(left + TimeUnit.MILLISECONDS.toNanos(1) - 1);
        timer = Optional.of(vertx.setTimer(millis, fired -> check()));
    }

    private void check() {
        timer = Optional.empty();
        if (over.isEmpty()) {
            return;
        }
        long left = end - nanos.getAsLong();
        if (left > 0) {
            set(left);
            return;
        }
        Runnable run = over.get();
        stop();
        run.run();
    }
}
