package io.countersign.gateway.server;

import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request of a client, whose decision is told to the sink once. A server that stops may refuse a request that a worker is still answering; the first of the two replies counts. */
final class Exchange {
    private final String id;
    private final long startNanos;
    private final DecisionSink decisions;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param id the id of the request
     * @param startNanos the arrival of its head, as a value of {@link System#nanoTime}
     */
    Exchange(String id, long startNanos, DecisionSink decisions) {
        this.id = id;
        this.startNanos = startNanos;
        this.decisions = decisions;
    }

    String id() {
        return id;
    }

    /** Tells the reply of an endpoint. */
    void tell(Routes.Route route, Call call, Reply reply, Instant now) {
        if (isDecision(route)) {
            tell(route.face(), call, reply, now);
        }
    }

    /**
     * Tells a decision of a port that has no routes.
     *
     * @param face its name
     */
    void tell(String face, Call call, Reply reply, Instant now) {
        if (decisions != DecisionSink.NONE && told.compareAndSet(false, true)) {
            decisions.tell(DecisionRecord.of(
                            now, id, face, reply, call.headers(), call.client().address(), elapsed())
                    .from(call.peer()));
        }
    }

    /** Tells a reply of the port itself. */
    void tell(Optional<Routes.Route> route, HttpServerRequest request, Reply reply, Instant now) {
        boolean decision = route.isEmpty() || isDecision(route.get());
        if (decision && decisions != DecisionSink.NONE && told.compareAndSet(false, true)) {
            decisions.tell(DecisionRecord.of(
                    now,
                    id,
                    route.map(Routes.Route::face).orElse(DecisionRecord.NO_FACE),
                    reply,
                    headers(request),
                    Optional.of(ConnectionWatch.peer(request.connection())).filter(Exchange::isAddress),
                    elapsed()));
        }
    }

    /** They are copied once: the list is one that a Call does not copy again. */
    static List<Header> headers(HttpServerRequest request) {
        List<Header> headers = new ArrayList<>();
        request.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        return List.copyOf(headers);
    }

    /** On a UNIX socket a client has no address. */
    private static boolean isAddress(String peer) {
        return !peer.isEmpty() && !peer.equals(TrustedProxies.UNIX);
    }

    private static boolean isDecision(Routes.Route route) {
        return route.lane() != Lane.HEALTH;
    }

    /** In nanoseconds. */
    long elapsed() {
        return System.nanoTime() - startNanos;
    }
}
