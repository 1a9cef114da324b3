package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.RequestLimits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one body, bounded in bytes and in time; runs on the request's event loop. Every byte that is kept was taken from the budget first. No more than
 * {@link RequestLimits#BODY} bytes are read before the gate of a larger body let the call in. What is not kept is drained.
 */
final class BodyReader {
    private static final int FIRST = 4 * 1024;

    /** How the reading ended. */
    sealed interface Outcome {}

    record Complete(Bytes body) implements Outcome {}

    record Refused(io.countersign.http.ProblemException.Problem problem) implements Outcome {}

    /** Asks the gate, and says on the event loop what it answered. */
    @FunctionalInterface
    interface Asking {
        void ask(Consumer<Optional<io.countersign.http.ProblemException.Problem>> then);
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limit;
    private final Duration timeout;
    private final ByteBudget.Held held;
    private final Asking gate;
    private final Consumer<Outcome> then;
    private byte[] kept = new byte[0];
    private int length;
    private boolean asked;
    private boolean done;
    private long timer;

    private BodyReader(
            Vertx vertx,
            HttpServerRequest request,
            int limit,
            Duration timeout,
            ByteBudget.Held held,
            Asking gate,
            Consumer<Outcome> then) {
        this.vertx = vertx;
        this.request = request;
        this.limit = limit;
        this.timeout = timeout;
        this.held = held;
        this.gate = gate;
        this.then = then;
    }

    /**
     * Calls {@code then} once, unless the client goes away first. Must be called before the request's handler returns.
     *
     * @param held keeps what a whole body took; gives it back in every other case
     */
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            int limit,
            Duration timeout,
            ByteBudget.Held held,
            Asking gate,
            Consumer<Outcome> then) {
        new BodyReader(vertx, request, limit, timeout, held, gate, then).start();
    }

    private void start() {
        timer = vertx.setTimer(timeout.toMillis(), fired -> {
            if (abandon()) {
                then.accept(new Refused(Replies.Refusals.tooSlow()));
            }
        });
        request.exceptionHandler(gone -> abandon());
        request.handler(this::take);
        request.endHandler(end -> complete());
    }

    private void take(Buffer chunk) {
        long whole = (long) length + chunk.length();
        if (whole > limit) {
            refuse(io.countersign.http.ProblemException.Problem.bodyTooLarge(limit), whole);
        } else if (!keep(chunk)) {
            refuse(Replies.Refusals.overloaded(), whole);
        } else if (whole > RequestLimits.BODY && !asked) {
            asked = true;
            request.pause();
            gate.ask(this::goOn);
        }
    }

    private boolean keep(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > kept.length) {
            int capacity = Math.min(limit, Math.max(FIRST, Math.max(needed, 2 * kept.length)));
            if (!held.take(capacity - kept.length)) {
                return false;
            }
            kept = Arrays.copyOf(kept, capacity);
        }
        chunk.getBytes(kept, length);
        length = needed;
        return true;
    }

    private void goOn(Optional<io.countersign.http.ProblemException.Problem> refusal) {
        if (done) {
            return;
        }
        if (refusal.isPresent()) {
            refuse(refusal.get(), length);
        }
        request.resume();
    }

    private void complete() {
        if (!done) {
            vertx.cancelTimer(timer);
            done = true;
            Bytes body = Bytes.of(kept, length);
            kept = new byte[0];
            then.accept(new Complete(body));
        }
    }

    private void refuse(io.countersign.http.ProblemException.Problem problem, long received) {
        if (abandon()) {
            BodyDrain.drain(vertx, request, received, timeout, whole -> then.accept(new Refused(problem)));
        }
    }

    /** Whether it was still reading. */
    private boolean abandon() {
        if (done) {
            return false;
        }
        done = true;
        vertx.cancelTimer(timer);
        kept = new byte[0];
        held.release();
        return true;
    }
}
