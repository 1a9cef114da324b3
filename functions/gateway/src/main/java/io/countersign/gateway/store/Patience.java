package io.countersign.gateway.store;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long one transfer waits for its other side: for one thing at a time. Confined to the event loop. */
final class Patience {
    /** The bytes that have to pass within the idle timeout. */
    private static final long LEAST = 1024;

    private final Vertx vertx;
    private final Duration idleTimeout;
    private Optional<Long> timer = Optional.empty();

    Patience(Vertx vertx, Duration idleTimeout) {
        this.vertx = vertx;
        this.idleTimeout = idleTimeout;
    }

    /** Runs after this time, unless something else is waited for until then. */
    void until(Duration time, Runnable over) {
        end();
        timer = Optional.of(vertx.setTimer(time.toMillis(), fired -> over.run()));
    }

    /** Runs whenever fewer than {@link #LEAST} bytes have passed within the idle timeout. */
    void watch(LongSupplier passed, Runnable stalled) {
        end();
        long[] before = {0};
        timer = Optional.of(vertx.setPeriodic(idleTimeout.toMillis(), fired -> {
            long now = passed.getAsLong();
            if (now - before[0] < LEAST) {
                stalled.run();
            }
            before[0] = now;
        }));
    }

    /** Waits no more. */
    void end() {
        timer.ifPresent(vertx::cancelTimer);
        timer = Optional.empty();
    }
}
