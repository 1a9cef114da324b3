package io.countersign.gateway.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadFactory;

/**
 * The JDK's transport of Vert.x, which can also listen on UNIX sockets. Vert.x itself offers these only with Netty's native libraries; the JDK has them since 16 (JEP
 * 380). It is found as a service, where {@code quarkus.vertx.prefer-native-transport} is on.
 */
public final class UnixTransport implements Transport {
    private static final Transport JDK = JDKTransport.INSTANCE;

    @Override
    public boolean supportsDomainSockets() {
        return true;
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return address.isDomainSocket() ? UnixDomainSocketAddress.of(address.path()) : JDK.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return address instanceof UnixDomainSocketAddress unix
                ? SocketAddress.domainSocketAddress(unix.getPath().toString())
                : JDK.convert(address);
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return JDK.eventLoopGroup(type, threads, factory, ioRatio);
    }

    /** The options of TCP, which are the others, do not apply to a UNIX socket. */
    @Override
    public void configure(NetServerOptions options, boolean unix, ServerBootstrap bootstrap) {
        if (!unix) {
            JDK.configure(options, false, bootstrap);
        } else if (options.getAcceptBacklog() > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, options.getAcceptBacklog());
        }
    }

    @Override
    public DatagramChannel datagramChannel() {
        return JDK.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return JDK.datagramChannel(family);
    }

    /** Nothing here connects to a UNIX socket through Vert.x. */
    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean unix) {
        return JDK.channelFactory(unix);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean unix) {
        return unix ? UnixTransport::open : JDK.serverChannelFactory(false);
    }

    /** Netty itself opens it by reflection, which a native executable would have to be told of. */
    private static ServerChannel open() {
        try {
            return new NioServerDomainSocketChannel(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
