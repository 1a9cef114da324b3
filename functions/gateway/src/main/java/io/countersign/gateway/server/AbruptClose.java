package io.countersign.gateway.server;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Closes connections whose other side may have stopped reading. {@link HttpConnection#close} writes first what waits to be written, so it never closes a connection of which
 * nothing is read: it is for replies that shall arrive.
 */
public final class AbruptClose {
    private AbruptClose() {}

    /** Closes the connection at once. What was not sent yet is lost, and its writes fail. May be called on any thread. */
    public static void close(HttpConnection connection) {
        ((ConnectionBase) connection).channelHandlerContext().close();
    }
}
