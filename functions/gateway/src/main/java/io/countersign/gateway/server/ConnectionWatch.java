package io.countersign.gateway.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds connections in number, and each in the time from its opening, or from the last answer on it, to the next whole request head. A client that feeds a
 * head byte by byte is never silent, so an idle time-out alone would let it stay.
 */
final class ConnectionWatch {
    private final Vertx vertx;
    private final Duration patience;
    private final int limit;
    private final Map<HttpConnection, Long> waiting = new ConcurrentHashMap<>();
    private int open;

    ConnectionWatch(Vertx vertx, Duration patience, int limit) {
        this.vertx = vertx;
        this.patience = patience;
        this.limit = limit;
    }

    void opened(HttpConnection connection) {
        if (!enter()) {
            connection.close();
            return;
        }
        // By the channel itself: Vert.x's own closeHandler is not called when a client goes away while a request of it
        // stands behind another.
        ((HttpServerConnection) connection).channel().closeFuture().addListener(closed -> {
            headArrived(connection);
            leave();
        });
        awaitHead(connection);
    }

    /** A request head is whole: from here on the body's own time-out counts. */
    void headArrived(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** An answer is being written: the client has until then to read it and to send its next head. */
    void awaitHead(HttpConnection connection) {
        headArrived(connection);
        waiting.put(connection, vertx.setTimer(patience.toMillis(), fired -> {
            waiting.remove(connection);
            connection.close();
        }));
    }

    private synchronized boolean enter() {
        if (open >= limit) {
            return false;
        }
        open++;
        return true;
    }

    private synchronized void leave() {
        open--;
    }
}
