package io.countersign.gateway.server;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Failures;
import io.countersign.http.RequestIds;
import io.countersign.http.RequestLimits;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The HTTP server of the gateway: its open ports and sockets, and the threads that handle their requests. */
public final class GatewayServer implements AutoCloseable {
    /** The factor by which the codec's own limits exceed {@link RequestLimits}, so that requests between the two get a specific refusal. */
    private static final int CODEC_FACTOR = 2;

    /** The most bytes of one piece of a body that passes in pieces. */
    private static final int PIECE = 64 * 1024;

    private static final int CLOSE_TIMEOUT_SECONDS = 5;
    /** The nanoseconds that remain for writing the last replies after the drain time is over. */
    private static final long LAST_WRITES_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The heap for one bulk request, in bytes: parsing a body of 1 MiB can allocate a hundred times its size. */
    private static final long HEAP_PER_BULK_REQUEST = 256L * 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(GatewayServer.class.getName());

    private final Vertx vertx;
    private final HttpSettings settings;
    private final Lanes lanes;
    private final Fatal fatal;
    private final Serving serving;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<ConnectionWatch> watches = new ArrayList<>();
    private final List<UnixSocket> sockets = new ArrayList<>();

    /** The last negative port used. Vert.x binds all servers with the same negative port to one free port. */
    private int lastFreePort;

    public GatewayServer(Vertx vertx, HttpSettings settings, InstantSource clock, SecureRandom random) {
        this(vertx, settings, clock, random, ByteBudget.ofHeap(), Fatal.ofProcess());
    }

    GatewayServer(
            Vertx vertx,
            HttpSettings settings,
            InstantSource clock,
            SecureRandom random,
            ByteBudget budget,
            Fatal fatal) {
        this.vertx = vertx;
        this.settings = settings;
        this.lanes = new Lanes(settings.workers(), settings.queue(), bulkWorkers());
        this.fatal = fatal;
        this.serving = new Serving(vertx, lanes, budget, fatal, new RequestIds(random), clock, settings);
        vertx.exceptionHandler(this::onFailure);
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loop.terminationFuture().addListener(ended -> fatal.loopEnded());
        }
    }

    /** Returns the number of concurrent bulk requests that fit into the heap. */
    private static int bulkWorkers() {
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_PER_BULK_REQUEST;
        return (int) Math.clamp(fitting, 1, Runtime.getRuntime().availableProcessors());
    }

    private void onFailure(Throwable failure) {
        fatal.check(failure);
        LOG.log(System.Logger.Level.ERROR, () -> "event=failure " + Failures.trace(failure));
    }

    /**
     * Opens a port.
     *
     * @return the URL of the port, with the actual port number
     * @throws IOException when the port cannot be opened ({@link java.net.BindException}: the address is in use, or not one of this machine)
     */
    public synchronized String listen(Listen listen, Routes routes) throws IOException {
        int port = listen.port() == 0 ? --lastFreePort : listen.port();
        return listen.url(open(options().setHost(listen.host()).setPort(port), HttpServer::listen, routed(routes)));
    }

    /**
     * Opens a port whose requests a handler answers by itself, with bodies that pass in pieces. No body may have trailers.
     *
     * @return the URL of the port, with the actual port number
     * @throws IOException as {@link #listen(Listen, Routes)}
     */
    public synchronized String listen(Listen listen, PortHandler handler) throws IOException {
        int port = listen.port() == 0 ? --lastFreePort : listen.port();
        HttpServerOptions options =
                options().setHost(listen.host()).setPort(port).setMaxChunkSize(PIECE);
        int actualPort = open(
                options,
                HttpServer::listen,
                new OpenedPort(false, watch -> new StreamDispatcher(handler, serving, watch)));
        handler.opened(vertx);
        return listen.url(actualPort);
    }

    private OpenedPort routed(Routes routes) {
        return new OpenedPort(true, watch -> new RequestDispatcher(routes, serving, watch));
    }

    /**
     * What answers the requests of a port.
     *
     * @param trailers whether bodies may have trailers
     */
    private record OpenedPort(boolean trailers, Function<ConnectionWatch, PortRequests> requests) {}

    /**
     * Opens a UNIX socket. Its clients have no address; {@link io.countersign.identity.TrustedProxies#UNIX} names them.
     *
     * @throws UnixSocket.UnusableException when no socket can be made there
     * @throws IOException when the socket cannot be opened
     */
    public synchronized void listen(Path path, Routes routes) throws IOException {
        UnixSocket socket = UnixSocket.prepare(path);
        sockets.add(socket);
        try {
            SocketAddress address =
                    SocketAddress.domainSocketAddress(socket.unpublished().toString());
            open(options(), server -> server.listen(address), routed(routes));
            socket.publish();
        } catch (IOException e) {
            socket.discard();
            throw e;
        }
    }

    /** @return the actual port number */
    private int open(HttpServerOptions options, Function<HttpServer, Future<HttpServer>> listening, OpenedPort port)
            throws IOException {
        ConnectionWatch watch = new ConnectionWatch(vertx, settings);
        watches.add(watch);
        PortRequests requests = port.requests().apply(watch);
        // Vert.x distributes connections among the servers of one address. Each core gets a server.
        int actualPort = open(options, listening, watch, requests, port.trailers());
        for (int loop = Runtime.getRuntime().availableProcessors(); loop > 1; loop--) {
            open(options, listening, watch, requests, port.trailers());
        }
        return actualPort;
    }

    /** Opens a server on an event loop of its own. On a thread without a context, Vert.x would give every server of the thread the same event loop. */
    private int open(
            HttpServerOptions options,
            Function<HttpServer, Future<HttpServer>> listening,
            ConnectionWatch watch,
            PortRequests requests,
            boolean trailers)
            throws IOException {
        Promise<HttpServer> opened = Promise.promise();
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(loop -> {
            try {
                HttpServer server = vertx.createHttpServer(options)
                        .connectionHandler(connection -> {
                            StrictDecoder.install(connection, options, trailers);
                            ReplyJoiner.install(connection);
                            connection.exceptionHandler(fatal::check);
                            watch.opened(connection);
                        })
                        .invalidRequestHandler(requests::handleInvalid)
                        .requestHandler(requests::handle);
                listening.apply(server).onComplete(opened);
            } catch (RuntimeException e) {
                // What listens checks its arguments before it returns a future. Nobody else would end the wait below.
                opened.fail(e);
            }
        });
        try {
            HttpServer server =
                    opened.future().toCompletionStage().toCompletableFuture().join();
            servers.add(server);
            return server.actualPort();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(CODEC_FACTOR * RequestLimits.URL)
                .setMaxHeaderSize(CODEC_FACTOR * RequestLimits.HEADER_BLOCK)
                .setHttp2ClearTextEnabled(false)
                // No endpoint uses WebSockets, and the handler that negotiates their compression limits a pipeline to
                // 128
                // unanswered requests.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(false);
    }

    /**
     * Stops listening, replies to the requests on open connections, and then stops the workers. The reply to the last request on a connection says {@code Connection:
     * close}. An idle connection stays open until its client has sent a request or the drain time is over. Requests that are still in progress then get a 503.
     */
    @Override
    public synchronized void close() {
        fatal.close();
        long end = System.nanoTime() + settings.drain().toNanos();
        try {
            drain(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.close(end - System.nanoTime());
        for (HttpServer server : servers) {
            try {
                server.close().toCompletionStage().toCompletableFuture().get(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                // The process exits anyway, which closes the ports.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        servers.clear();
        sockets.clear();
        watches.clear();
    }

    private void drain(long end) throws InterruptedException {
        watches.forEach(ConnectionWatch::drain);
        Acceptors.close(
                vertx,
                servers.stream().map(HttpServer::actualPort).collect(Collectors.toSet()),
                sockets.stream()
                        .map(socket -> UnixDomainSocketAddress.of(socket.unpublished()))
                        .collect(Collectors.toSet()));
        sockets.forEach(UnixSocket::remove);
        for (ConnectionWatch watch : watches) {
            watch.awaitNone(end - System.nanoTime());
        }
        watches.forEach(ConnectionWatch::abort);
        for (ConnectionWatch watch : watches) {
            watch.awaitNone(LAST_WRITES_NANOS);
        }
    }

    /**
     * An address to listen on.
     *
     * @param host an IP address, or a name that resolves to one
     * @param port the port; 0 means any free one
     */
    public record Listen(String host, int port) {
        /** Returns whether only this machine can reach the address. For a name, all of its addresses must be loopback addresses. */
        public boolean isLoopback() {
            try {
                InetAddress[] addresses = InetAddress.getAllByName(host);
                for (InetAddress address : addresses) {
                    if (!address.isLoopbackAddress()) {
                        return false;
                    }
                }
                return addresses.length > 0;
            } catch (UnknownHostException e) {
                return false;
            }
        }

        /** Returns the base URL, with the actual port number. */
        String url(int actualPort) {
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + actualPort;
        }
    }
}
