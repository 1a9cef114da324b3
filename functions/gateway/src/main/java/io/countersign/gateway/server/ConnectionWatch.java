package io.countersign.gateway.server;

import io.countersign.gateway.config.ConnectionBounds;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Bounds connections in number, in all and for each address, and each in the time from its opening, or from the last answer on it, to the next whole request head. A client that feeds a
 * head byte by byte is never silent, so an idle time-out alone would let it stay. Knows what is still open when the server ends.
 */
final class ConnectionWatch {
    private final Vertx vertx;
    private final Duration patience;
    private final ConnectionCounts counts;
    private final Map<HttpConnection, OpenConnection> connections = new ConcurrentHashMap<>();
    private volatile boolean draining;
    private int open;

    ConnectionWatch(Vertx vertx, Duration patience, ConnectionBounds bounds) {
        this.vertx = vertx;
        this.patience = patience;
        this.counts = new ConnectionCounts(bounds);
    }

    void opened(HttpConnection connection) {
        Optional<ConnectionCounts.Place> place = counts.enter(peer(connection));
        if (place.isEmpty()) {
            connection.close();
            return;
        }
        enter();
        OpenConnection opened = new OpenConnection(vertx, connection);
        connections.put(connection, opened);
        // By the channel itself: Vert.x's own closeHandler is not called when a client goes away while a request of it
        // stands behind another.
        ((HttpServerConnection) connection).channel().closeFuture().addListener(closed -> {
            connections.remove(connection);
            opened.closed();
            place.get().leave();
            leave();
        });
        opened.awaitHead(patience);
    }

    /**
     * A request head is whole: from here on the body's own time-out counts.
     *
     * @param giveUp answers the request without working on it any further, and closes the connection
     */
    void headArrived(HttpConnection connection, Runnable giveUp) {
        find(connection).ifPresent(opened -> opened.headArrived(giveUp));
    }

    /** An answer is being written: the client has until then to read it and to send its next head. */
    void awaitHead(HttpConnection connection) {
        find(connection).ifPresent(opened -> opened.awaitHead(patience));
    }

    /** From here on each connection ends with the answer to the last request that came on it. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Gives up every request that is under way, and closes all other connections. */
    void giveUp() {
        connections.values().forEach(OpenConnection::giveUp);
    }

    /**
     * Waits until no connection is open.
     *
     * @param nanos how long at most
     */
    synchronized void awaitNone(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; open > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private Optional<OpenConnection> find(HttpConnection connection) {
        return Optional.ofNullable(connections.get(connection));
    }

    /** Empty where the kernel tells none. */
    private static String peer(HttpConnection connection) {
        return Optional.ofNullable(connection.remoteAddress())
                .map(SocketAddress::hostAddress)
                .orElse("");
    }

    private synchronized void enter() {
        open++;
    }

    private synchronized void leave() {
        open--;
        notifyAll();
    }

    /** One open connection: it waits for a request head, bounded in time, or has a request under way. Only its event loop touches it. */
    static final class OpenConnection {
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
}
