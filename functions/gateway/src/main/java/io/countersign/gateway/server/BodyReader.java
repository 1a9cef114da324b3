package io.countersign.gateway.server;

import io.countersign.http.Bounds;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads one body, bounded in bytes and in time; runs on the request's event loop. What is past the limit is thrown away and counted, up to {@link Bounds#DRAIN},
 * so that a client which writes before it reads still gets to see its refusal.
 */
final class BodyReader {
    /** How the reading ended. */
    sealed interface Outcome {}

    record Complete(Buffer body) implements Outcome {}

    /** @param ended whether the body was read to its end, so that the connection can go on */
    record TooLarge(boolean ended) implements Outcome {}

    record TooSlow() implements Outcome {}

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<Outcome> then;
    private final Buffer body = Buffer.buffer();
    private long received;
    private boolean done;
    private long timer;

    private BodyReader(Vertx vertx, HttpServerRequest request, int limit, Consumer<Outcome> then) {
        this.vertx = vertx;
        this.request = request;
        this.limit = limit;
        this.then = then;
    }

    /** Calls {@code then} once, unless the client goes away first. Must be called before the request's handler returns. */
    static void read(Vertx vertx, HttpServerRequest request, int limit, Duration timeout, Consumer<Outcome> then) {
        new BodyReader(vertx, request, limit, then).start(timeout);
    }

    private void start(Duration timeout) {
        timer = vertx.setTimer(timeout.toMillis(), fired -> finish(new TooSlow()));
        request.exceptionHandler(gone -> abandon());
        request.handler(this::take);
        request.endHandler(end -> finish(received > limit ? new TooLarge(true) : new Complete(body)));
    }

    private void take(Buffer chunk) {
        received += chunk.length();
        if (received <= limit) {
            body.appendBuffer(chunk);
        } else if (received > Bounds.DRAIN) {
            finish(new TooLarge(false));
        }
    }

    private void finish(Outcome outcome) {
        if (!done) {
            abandon();
            then.accept(outcome);
        }
    }

    private void abandon() {
        done = true;
        vertx.cancelTimer(timer);
    }
}
