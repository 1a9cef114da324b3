package io.countersign.gateway.server;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.identity.TrustedProxies;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Limits the connections of a port: their number, in total and for each address, and for each the time from its opening, or from its last reply, to the next
 * complete request head. An idle timeout would not be enough, because a client that sends a head byte by byte is never idle. Also tracks the open connections for a
 * stopping server.
 */
final class ConnectionWatch {
    private final Vertx vertx;
    private final HttpSettings settings;
    private final ConnectionCounts counts;
    private final Map<HttpConnection, OpenConnection> connections = new ConcurrentHashMap<>();
    private volatile boolean draining;
    private int open;

    ConnectionWatch(Vertx vertx, HttpSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.counts = new ConnectionCounts(settings.connections());
    }

    void opened(HttpConnection connection) {
        Optional<ConnectionCounts.Slot> slot = counts.enter(peer(connection));
        if (slot.isEmpty()) {
            AbruptClose.close(connection);
            return;
        }
        enter();
        OpenConnection opened = new OpenConnection(
                vertx, connection, new TimeLimit(vertx, settings.idleTimeout(), System::nanoTime), bodyLimit());
        connections.put(connection, opened);
        // Listens to the channel: Vert.x does not call its closeHandler when the client disconnects while one of its
        // pipelined requests waits for another.
        ((HttpServerConnection) connection).channel().closeFuture().addListener(closed -> {
            connections.remove(connection);
            opened.closed();
            slot.get().leave();
            leave();
        });
        opened.awaitHead();
    }

    /**
     * Records that a request head is complete. From here on the body's own timeout applies.
     *
     * @param abort replies to the request without processing it any further, and closes the connection
     */
    void headArrived(HttpConnection connection, Runnable abort) {
        find(connection).ifPresent(opened -> opened.headArrived(abort));
    }

    /** Starts the timeout within which the client must read the reply that is being written and send its next head. */
    void awaitHead(HttpConnection connection) {
        find(connection).ifPresent(OpenConnection::awaitHead);
    }

    /** Returns the time limit for the body of the connection's present request. */
    TimeLimit bodyLimit(HttpConnection connection) {
        return find(connection).map(opened -> opened.bodyLimit).orElseGet(this::bodyLimit);
    }

    private TimeLimit bodyLimit() {
        return new TimeLimit(vertx, settings.bodyTimeout(), System::nanoTime);
    }

    /** From here on each connection closes after the reply to the last request received on it. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Aborts every request in progress, and closes all other connections. */
    void abort() {
        connections.values().forEach(OpenConnection::abort);
    }

    /**
     * Waits until no connection is open, or the time is over.
     *
     * @param nanos the maximum time, in nanoseconds
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

    /** Returns the client's address; {@link TrustedProxies#UNIX} on a UNIX socket, and empty text when the kernel reports none. */
    static String peer(HttpConnection connection) {
        if (((HttpServerConnection) connection).channel() instanceof NioDomainSocketChannel) {
            return TrustedProxies.UNIX;
        }
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

    /** One open connection, which either waits for a request head, with a time limit, or has a request in progress. Confined to its event loop, except {@link #abort}. */
    static final class OpenConnection {
        private final HttpConnection connection;
        private final Context loop;
        private final TimeLimit headLimit;
        private final TimeLimit bodyLimit;
        private Optional<Runnable> inProgress = Optional.empty();

        /** Must be created on the connection's event loop. */
        OpenConnection(Vertx vertx, HttpConnection connection, TimeLimit headLimit, TimeLimit bodyLimit) {
            this.connection = connection;
            this.loop = vertx.getOrCreateContext();
            this.headLimit = headLimit;
            this.bodyLimit = bodyLimit;
        }

        /** @param abort replies to the request without processing it any further, and closes the connection */
        void headArrived(Runnable abort) {
            headLimit.stop();
            inProgress = Optional.of(abort);
        }

        void awaitHead() {
            headLimit.start(() -> AbruptClose.close(connection));
            inProgress = Optional.empty();
        }

        void closed() {
            headLimit.close();
            bodyLimit.close();
            inProgress = Optional.empty();
        }

        /** Aborts the request in progress, or closes the connection when there is none. May be called on any thread. */
        void abort() {
            loop.runOnContext(now -> inProgress.ifPresentOrElse(Runnable::run, connection::close));
        }
    }
}
