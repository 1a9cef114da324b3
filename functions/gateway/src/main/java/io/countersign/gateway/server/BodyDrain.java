package io.countersign.gateway.server;

import io.countersign.http.RequestLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Reads and discards the rest of a body, up to {@link RequestLimits#DRAIN} bytes, so that a client that sends its whole request before it reads still receives the
 * reply. Runs on the request's event loop.
 */
final class BodyDrain {
    private final TimeLimit limit;
    private final Consumer<Boolean> then;
    private long received;
    private boolean done;

    private BodyDrain(TimeLimit limit, long received, Consumer<Boolean> then) {
        this.limit = limit;
        this.received = received;
        this.then = then;
    }

    /**
     * Starts draining. Must be called before the request's handler returns, or while its body is being read.
     *
     * @param received the bytes of the body that have already arrived
     * @param limit the time within which the body must arrive
     * @param then called once with whether the body arrived completely, in which case the connection can be reused; never called when the client disconnects first
     */
    static void drain(HttpServerRequest request, long received, TimeLimit limit, Consumer<Boolean> then) {
        BodyDrain drain = new BodyDrain(limit, received, then);
        limit.start(() -> drain.finish(false));
        request.exceptionHandler(failure -> drain.stop());
        request.handler(drain::count);
        request.endHandler(end -> drain.finish(true));
    }

    private void count(Buffer chunk) {
        received += chunk.length();
        if (received > RequestLimits.DRAIN) {
            finish(false);
        }
    }

    private void finish(boolean complete) {
        if (stop()) {
            then.accept(complete);
        }
    }

    /** Returns false when draining had already ended: the limit may be the next request's by then. */
    private boolean stop() {
        if (done) {
            return false;
        }
        done = true;
        limit.stop();
        return true;
    }
}
