package io.countersign.gateway.server;

import io.countersign.gateway.config.Settings;
import io.countersign.http.Failures;
import io.countersign.http.RequestIds;
import io.countersign.http.RequestLimits;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The ports that are open, and the threads that answer on them. */
public final class GatewayServer implements AutoCloseable {
    /** What the HTTP codec itself takes, above {@link RequestLimits}: between the two a refusal can still say what is wrong. */
    private static final int CODEC_SLACK = 2;

    private static final int GRACE_SECONDS = 5;
    /** For the last answers to be written, once the time to drain is over. */
    private static final long LAST_WRITES = TimeUnit.SECONDS.toNanos(1);

    /** A batch of 1 MiB becomes some hundred times as much while it is read. */
    private static final long HEAP_OF_BULK = 256L * 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(GatewayServer.class.getName());

    private final Vertx vertx;
    private final Settings.HttpSettings settings;
    private final InstantSource clock;
    private final RequestIds ids;
    private final Lanes lanes;
    private final ByteBudget budget;
    private final Fatal fatal;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<ConnectionWatch> watches = new ArrayList<>();

    /** Below zero: what Vert.x takes for a free port that servers of the same number share. */
    private int anyPort;

    public GatewayServer(Vertx vertx, Settings.HttpSettings settings, InstantSource clock, SecureRandom random) {
        this(vertx, settings, clock, random, ByteBudget.ofHeap(), Fatal.ofProcess());
    }

    GatewayServer(
            Vertx vertx,
            Settings.HttpSettings settings,
            InstantSource clock,
            SecureRandom random,
            ByteBudget budget,
            Fatal fatal) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.ids = new RequestIds(random);
        this.lanes = new Lanes(settings.workers(), settings.queue(), bulk());
        this.budget = budget;
        this.fatal = fatal;
        vertx.exceptionHandler(this::failed);
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loop.terminationFuture().addListener(ended -> fatal.loopEnded());
        }
    }

    /** So many that what they are read into fits into the heap beside everything else. */
    private static int bulk() {
        long fit = Runtime.getRuntime().maxMemory() / HEAP_OF_BULK;
        return (int) Math.clamp(fit, 1, Runtime.getRuntime().availableProcessors());
    }

    private void failed(Throwable failure) {
        fatal.judge(failure);
        LOG.log(System.Logger.Level.ERROR, () -> "event=failure " + Failures.trace(failure));
    }

    /**
     * Opens a port.
     *
     * @return the URL to reach it by, with the port that was really taken
     * @throws IOException when the address cannot be had ({@link java.net.BindException}: it is taken, or not this machine's)
     */
    public synchronized String listen(Listen listen, Routes routes) throws IOException {
        ConnectionWatch watch = new ConnectionWatch(vertx, settings.idleTimeout(), settings.connections());
        watches.add(watch);
        RequestDispatcher front =
                new RequestDispatcher(vertx, routes, lanes, budget, fatal, watch, ids, clock, settings);
        int port = listen.port() == 0 ? --anyPort : listen.port();
        // Vert.x gives every server of one port its own event loop and deals connections out among them: one for each
        // core.
        for (int loop = Runtime.getRuntime().availableProcessors(); loop > 1; loop--) {
            open(listen.host(), port, watch, front);
        }
        return listen.url(open(listen.host(), port, watch, front));
    }

    /** @return the port that was really taken */
    private int open(String host, int port, ConnectionWatch watch, RequestDispatcher front) throws IOException {
        HttpServerOptions options = options(host, port);
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    StrictDecoder.install(connection, options);
                    connection.exceptionHandler(fatal::judge);
                    watch.opened(connection);
                })
                .invalidRequestHandler(front::handleInvalid)
                .requestHandler(front::handle);
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
        servers.add(server);
        return server.actualPort();
    }

    private static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxInitialLineLength(CODEC_SLACK * RequestLimits.URL)
                .setMaxHeaderSize(CODEC_SLACK * RequestLimits.HEADER_BLOCK)
                .setHttp2ClearTextEnabled(false)
                // There are no WebSockets, and what negotiates their compression bounds a pipeline at 128 requests
                // without an answer.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(false);
    }

    /**
     * Listens no longer, answers what was sent on the connections that are open, and then ends the workers. Each connection is told in the answer to its last
     * request that it ends; an idle one stays until its client has sent something, or the time to drain is over. What is under way then is answered 503.
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
                server.close().toCompletionStage().toCompletableFuture().get(GRACE_SECONDS, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                // The process ends in any case, and its ports with it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        servers.clear();
        watches.clear();
    }

    private void drain(long end) throws InterruptedException {
        watches.forEach(ConnectionWatch::drain);
        Acceptors.close(vertx, servers.stream().map(HttpServer::actualPort).collect(Collectors.toSet()));
        for (ConnectionWatch watch : watches) {
            watch.awaitNone(end - System.nanoTime());
        }
        watches.forEach(ConnectionWatch::giveUp);
        for (ConnectionWatch watch : watches) {
            watch.awaitNone(LAST_WRITES);
        }
    }

    /**
     * Where a server listens.
     *
     * @param host an address, or a name that resolves to one
     * @param port 0 for any free one
     */
    public record Listen(String host, int port) {
        /** Whether only this machine can reach the address. A name counts only when all that it resolves to is loopback. */
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

        /** The address as a URL's beginning, for the port that was really taken. */
        String url(int actualPort) {
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + actualPort;
        }
    }
}
