package io.countersign.gateway.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Optional;

/** One open connection: it waits for a request head, bounded in time, or has a request under way. Only its event loop touches it. */
final class OpenConnection {
    private final Vertx vertx;
    private final HttpConnection connection;
    private final Context loop;
    private Optional<Long> timer = Optional.empty();
    private Optional<Runnable> underWay = Optional.empty();

    /** Must be made on the connection's event loop. */
    OpenConnection(Vertx vertx, HttpConnection connection) {
        this.vertx = vertx;
        this.connection = connection;
        this.loop = vertx.getOrCreateContext();
    }

    /** @param giveUp answers the request without working on it any further, and closes the connection */
    void headArrived(Runnable giveUp) {
        closed();
        underWay = Optional.of(giveUp);
    }

    void awaitHead(Duration patience) {
        closed();
        timer = Optional.of(vertx.setTimer(patience.toMillis(), fired -> connection.close()));
    }

    void closed() {
        timer.ifPresent(vertx::cancelTimer);
        timer = Optional.empty();
        underWay = Optional.empty();
    }

    /** Gives up the request that is under way; closes the connection if there is none. May be called on any thread. */
    void giveUp() {
        loop.runOnContext(now -> underWay.ifPresentOrElse(Runnable::run, connection::close));
    }
}
