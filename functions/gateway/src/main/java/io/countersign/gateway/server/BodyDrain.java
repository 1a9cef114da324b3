package io.countersign.gateway.server;

import io.countersign.http.RequestLimits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Throws away what comes of a body, up to {@link RequestLimits#DRAIN} bytes, so that a client which writes before it reads still gets to see its answer. Nothing of
 * it is kept. Runs on the request's event loop.
 */
final class BodyDrain {
    private final Vertx vertx;
    private final Consumer<Boolean> then;
    private long received;
    private boolean done;
    private long timer;

    private BodyDrain(Vertx vertx, long received, Consumer<Boolean> then) {
        this.vertx = vertx;
        this.received = received;
        this.then = then;
    }

    /**
     * Must be called before the request's handler returns, or while its body is being read.
     *
     * @param received bytes that came before
     * @param then is told once whether the body came to its end, so that the connection can go on; never when the client goes away first
     */
    static void drain(Vertx vertx, HttpServerRequest request, long received, Duration timeout, Consumer<Boolean> then) {
        BodyDrain drain = new BodyDrain(vertx, received, then);
        drain.timer = vertx.setTimer(timeout.toMillis(), fired -> drain.finish(false));
        request.exceptionHandler(gone -> drain.abandon());
        request.handler(drain::take);
        request.endHandler(end -> drain.finish(true));
    }

    private void take(Buffer chunk) {
        received += chunk.length();
        if (received > RequestLimits.DRAIN) {
            finish(false);
        }
    }

    private void finish(boolean whole) {
        if (!done) {
            abandon();
            then.accept(whole);
        }
    }

    private void abandon() {
        done = true;
        vertx.cancelTimer(timer);
    }
}
