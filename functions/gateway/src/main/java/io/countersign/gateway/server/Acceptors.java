package io.countersign.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What takes connections in. Vert.x closes it together with all that it took in, so it is closed by itself where those are to live on. */
final class Acceptors {
    private static final int PATIENCE_SECONDS = 5;

    private Acceptors() {}

    /** Listens on these ports no longer; connections that are open stay. */
    static void close(Vertx vertx, Set<Integer> ports) throws InterruptedException {
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            SingleThreadEventLoop acceptor = (SingleThreadEventLoop) loop;
            try {
                acceptor.submit(() -> of(acceptor, ports).forEach(Channel::close))
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // What still listens is closed with the server.
            }
        }
    }

    /** Copied: closing changes what is registered. */
    private static List<Channel> of(SingleThreadEventLoop acceptor, Set<Integer> ports) {
        List<Channel> channels = new ArrayList<>();
        acceptor.registeredChannelsIterator().forEachRemaining(channel -> {
            if (channel instanceof ServerChannel
                    && channel.localAddress() instanceof InetSocketAddress address
                    && ports.contains(address.getPort())) {
                channels.add(channel);
            }
        });
        return channels;
    }
}
