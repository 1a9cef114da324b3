package io.countersign.gateway.server;

import io.countersign.http.Bytes;
import io.countersign.http.ProblemException.Problem;
import io.countersign.http.RequestLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one body within limits of size and time, on the request's event loop. Memory is reserved from the budget before it is allocated. Reading stops after
 * {@link RequestLimits#BODY} bytes until the route's gate has admitted a larger body. The rest of a refused body is drained.
 */
final class BodyReader {
    private static final int INITIAL_CAPACITY = 4 * 1024;

    /** The result of reading a body. */
    sealed interface Result {}

    record Complete(Bytes body) implements Result {}

    record Refused(Problem problem) implements Result {}

    /** Asks the gate, and passes its decision on to the event loop. */
    @FunctionalInterface
    interface GateCheck {
        void run(Consumer<Optional<Problem>> then);
    }

    private final HttpServerRequest request;
    private final int limit;
    private final TimeLimit time;
    private final ByteBudget.Reservation reservation;
    private final GateCheck gate;
    private final Consumer<Result> then;
    private byte[] buffer = new byte[0];
    private int length;
    private boolean gateAsked;
    private boolean done;

    private BodyReader(
            HttpServerRequest request,
            int limit,
            TimeLimit time,
            ByteBudget.Reservation reservation,
            GateCheck gate,
            Consumer<Result> then) {
        this.request = request;
        this.limit = limit;
        this.time = time;
        this.reservation = reservation;
        this.gate = gate;
        this.then = then;
    }

    /**
     * Starts reading. Must be called before the request's handler returns.
     *
     * @param limit the largest body accepted, in bytes
     * @param time the limit within which the body must arrive
     * @param reservation holds the memory of a complete body; released in every other case
     * @param gate asked once, before more than {@link RequestLimits#BODY} bytes are read
     * @param then called once, unless the client disconnects first
     */
    static void read(
            HttpServerRequest request,
            int limit,
            TimeLimit time,
            ByteBudget.Reservation reservation,
            GateCheck gate,
            Consumer<Result> then) {
        new BodyReader(request, limit, time, reservation, gate, then).start();
    }

    private void start() {
        time.start(() -> {
            if (stop()) {
                then.accept(new Refused(Replies.Refusals.tooSlow()));
            }
        });
        request.exceptionHandler(failure -> stop());
        request.handler(this::onChunk);
        request.endHandler(end -> complete());
    }

    private void onChunk(Buffer chunk) {
        long total = (long) length + chunk.length();
        if (total > limit) {
            refuse(Problem.bodyTooLarge(limit), total);
        } else if (!append(chunk)) {
            refuse(Replies.Refusals.overloaded(), total);
        } else if (total > RequestLimits.BODY && !gateAsked) {
            gateAsked = true;
            request.pause();
            gate.run(this::onGateDecision);
        }
    }

    private boolean append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > buffer.length) {
            int capacity = Math.min(limit, Math.max(INITIAL_CAPACITY, Math.max(needed, 2 * buffer.length)));
            if (!reservation.grow(capacity - buffer.length)) {
                return false;
            }
            buffer = Arrays.copyOf(buffer, capacity);
        }
        chunk.getBytes(buffer, length);
        length = needed;
        return true;
    }

    private void onGateDecision(Optional<Problem> refusal) {
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
            time.stop();
            done = true;
            Bytes body = Bytes.of(buffer, length);
            buffer = new byte[0];
            then.accept(new Complete(body));
        }
    }

    private void refuse(Problem problem, long received) {
        if (stop()) {
            BodyDrain.drain(request, received, time, complete -> then.accept(new Refused(problem)));
        }
    }

    /** Stops reading and releases the memory; returns false when reading had already ended. */
    private boolean stop() {
        if (done) {
            return false;
        }
        done = true;
        time.stop();
        buffer = new byte[0];
        reservation.release();
        return true;
    }
}
