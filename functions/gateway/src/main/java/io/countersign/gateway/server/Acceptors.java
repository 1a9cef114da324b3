package io.countersign.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Closes listening sockets and leaves their accepted connections open. Vert.x closes both together, so this works on Netty's channels directly.
 */
final class Acceptors {
    private static final int TIMEOUT_SECONDS = 5;
    /** A connection comes to its event loop in a task of registration and one of Vert.x, which chooses the server. */
    private static final int TASKS_OF_A_CONNECTION = 3;

    private Acceptors() {}

    /**
     * Stops listening on these ports and UNIX sockets. Open connections are not affected. Every connection that was accepted has come to its event loop, and is known as open, when this returns.
     */
    static void close(Vertx vertx, Set<Integer> ports, Set<UnixDomainSocketAddress> sockets)
            throws InterruptedException {
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            SingleThreadEventLoop acceptor = (SingleThreadEventLoop) loop;
            try {
                acceptor.submit(() -> of(acceptor, ports, sockets).forEach(Channel::close))
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // A socket that is still listening is closed together with the server.
            }
        }
        awaitHandedOver(vertx);
    }

    private static void awaitHandedOver(Vertx vertx) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        for (int task = 0; task < TASKS_OF_A_CONNECTION; task++) {
            for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
                try {
                    loop.submit(() -> {}).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    // A loop that does nothing for so long answers no request either.
                }
            }
        }
    }

    /** Returns a copy, because closing a channel changes the set of registered ones. */
    private static List<Channel> of(
            SingleThreadEventLoop acceptor, Set<Integer> ports, Set<UnixDomainSocketAddress> sockets) {
        List<Channel> channels = new ArrayList<>();
        acceptor.registeredChannelsIterator().forEachRemaining(channel -> {
            if (channel instanceof ServerChannel && isOneOf(channel.localAddress(), ports, sockets)) {
                channels.add(channel);
            }
        });
        return channels;
    }

    private static boolean isOneOf(SocketAddress address, Set<Integer> ports, Set<UnixDomainSocketAddress> sockets) {
        return address instanceof InetSocketAddress inet
                ? ports.contains(inet.getPort())
                : address instanceof UnixDomainSocketAddress unix && sockets.contains(unix);
    }
}
