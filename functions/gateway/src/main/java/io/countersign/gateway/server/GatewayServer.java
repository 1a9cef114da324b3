package io.countersign.gateway.server;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Bounds;
import io.countersign.http.RequestIds;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The ports that are open, and the threads that answer on them. */
public final class GatewayServer implements AutoCloseable {
    /** What the HTTP codec itself takes, above {@link Bounds}: between the two a refusal can still say what is wrong. */
    private static final int CODEC_SLACK = 2;

    private static final int GRACE_SECONDS = 5;

    private final Vertx vertx;
    private final HttpSettings settings;
    private final InstantSource clock;
    private final RequestIds ids;
    private final Workers workers;
    private final List<HttpServer> servers = new ArrayList<>();

    /** Below zero: what Vert.x takes for a free port that servers of the same number share. */
    private int anyPort;

    public GatewayServer(Vertx vertx, HttpSettings settings, InstantSource clock, SecureRandom random) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.ids = new RequestIds(random);
        this.workers = new Workers(settings.workers(), settings.queue());
    }

    /**
     * Opens a port.
     *
     * @return the URL to reach it by, with the port that was really taken
     * @throws IOException when the address cannot be had ({@link java.net.BindException}: it is taken, or not this machine's)
     */
    public synchronized String listen(Listen listen, Routes routes) throws IOException {
        ConnectionWatch watch = new ConnectionWatch(vertx, settings.idleTimeout(), settings.maxConnections());
        Front front = new Front(vertx, routes, workers, watch, ids, clock, settings.bodyTimeout());
        int port = listen.port() == 0 ? --anyPort : listen.port();
        // Vert.x gives every server of one port its own event loop and deals connections out among them: one for each
        // core.
        for (int loop = Runtime.getRuntime().availableProcessors(); loop > 1; loop--) {
            open(listen.host(), port, watch, front);
        }
        return listen.url(open(listen.host(), port, watch, front));
    }

    /** @return the port that was really taken */
    private int open(String host, int port, ConnectionWatch watch, Front front) throws IOException {
        HttpServerOptions options = options(host, port);
        HttpServer server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    StrictDecoder.install(connection, options);
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
                .setMaxInitialLineLength(CODEC_SLACK * Bounds.URL)
                .setMaxHeaderSize(CODEC_SLACK * Bounds.HEADER_BLOCK)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false);
    }

    /** Lets what was accepted finish, for some seconds at most, then closes the ports. */
    @Override
    public synchronized void close() {
        workers.close();
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
    }
}
