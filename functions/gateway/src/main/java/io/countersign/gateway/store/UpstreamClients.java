package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.AbruptClose;
import io.countersign.oss.Headers;
import io.countersign.registry.Upstream;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.verify.decide.HeaderText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens requests to stores. Connections are kept in a bounded pool for each store and event loop, so that both ends of a transfer are served by one thread. Redirects are
 * not followed and proxies of the environment not used. HTTPS checks the store's name against the certificates that the JVM trusts.
 */
final class UpstreamClients implements AutoCloseable {
    /** A connection that was not used for so long is not used again: stores close theirs after some 60 seconds. */
    private static final int KEEP_ALIVE_SECONDS = 20;
    /** The most bytes of a head of an answer. OSS's user metadata takes up to 8 KiB of it. */
    private static final int MAX_HEAD = 32 * 1024;

    private static final int MAX_STATUS_LINE = 4 * 1024;
    private static final int PIECE = 64 * 1024;

    private final UpstreamSettings settings;
    private final StoreAddresses addresses;
    private final int loops;
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    /** @param loops the number of event loops that serve connections */
    UpstreamClients(UpstreamSettings settings, StoreAddresses addresses, int loops) {
        this.settings = settings;
        this.addresses = addresses;
        this.loops = loops;
    }

    /**
     * Opens a request whose head is complete but for the length of its body. Runs on an event loop.
     *
     * @return fails when no connection can be had in time
     */
    Future<HttpClientRequest> open(Vertx vertx, UpstreamRequest request) {
        Upstream.Endpoint endpoint = request.endpoint();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method().name()))
                .setSsl(endpoint.secure())
                .setHost(StoreAddresses.host(endpoint))
                .setPort(endpoint.port())
                .setURI(request.target())
                .setFollowRedirects(false)
                .setConnectTimeout(settings.connectTimeout().toMillis());
        return addresses
                .of(vertx, endpoint)
                .compose(address -> clients.computeIfAbsent(Thread.currentThread(), thread -> client(vertx))
                        .request(options.setServer(SocketAddress.inetSocketAddress(endpoint.port(), address))))
                .map(opened -> withHeaders(opened, request));
    }

    private static HttpClientRequest withHeaders(HttpClientRequest opened, UpstreamRequest request) {
        opened.putHeader("Host", request.host());
        for (Headers.HeaderField field : request.headers().fields()) {
            opened.headers().add(field.name(), HeaderText.bytes(field.value()));
        }
        return opened;
    }

    private HttpClient client(Vertx vertx) {
        int share = Math.max(1, (settings.maxConnections() + loops - 1) / loops);
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false)
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setMaxChunkSize(PIECE)
                .setDecompressionSupported(false)
                .setTcpNoDelay(true);
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(share).setMaxWaitQueueSize(share))
                // Each request tells its own failure once. Vert.x would log what the store sent.
                .withConnectHandler(connection -> {
                    connection.exceptionHandler(failure -> {});
                    connections.add(connection);
                    connection.closeHandler(closed -> connections.remove(connection));
                })
                .build();
    }

    /**
     * Ends a request wherever it is, and its connection with it, even where the store does not read what was written to it.
     *
     * @param request one whose answer has not come to its end; another request may use its connection otherwise
     */
    static void reset(HttpClientRequest request) {
        request.reset();
        AbruptClose.close(request.connection());
    }

    /** Closes the connections of all transfers. */
    @Override
    public void close() {
        connections.forEach(AbruptClose::close);
        clients.values()
                .forEach(client ->
                        client.close().toCompletionStage().toCompletableFuture().join());
        clients.clear();
    }
}
