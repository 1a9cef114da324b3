package io.countersign.gateway.server;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TrustedProxies;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** A server on a free port with a few routes, and the faces to put on them. */
final class TestServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
    static final HttpSettings SETTINGS = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            new ConnectionBounds(64, 64, TrustedProxies.NONE),
            4,
            16,
            Duration.ZERO,
            TrustedProxies.NONE,
            Duration.ofMinutes(1));

    private final Vertx vertx = Vertx.vertx();
    private final GatewayServer server;
    final String url;

    private TestServer(HttpSettings settings, Cors cors, Endpoint face) throws IOException {
        server = new GatewayServer(vertx, settings, InstantSource.fixed(NOW), Seeds.secure());
        url = server.listen(
                new GatewayServer.Listen("127.0.0.1", 0),
                Routes.of(List.of(
                                new Routes.Route("/echo", List.of("GET", "HEAD", "POST"), RequestLimits.BODY, face),
                                new Routes.Route("/post", List.of("POST"), 16, face),
                                new Routes.Route(
                                        "/own", List.of("POST"), 16, Endpoint.of(face::handle, TestServer::own)),
                                Routes.Route.ofHeaders("/heads", face)))
                        .with(cors));
    }

    TestServer(HttpSettings settings, Endpoint face) throws IOException {
        this(settings, Cors.NONE, face);
    }

    TestServer(Cors cors, Endpoint face) throws IOException {
        this(SETTINGS, cors, face);
    }

    TestServer(Endpoint face) throws IOException {
        this(SETTINGS, face);
    }

    /** Runs work on each event loop. */
    void onEachLoop(Runnable work) {
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loop -> loop.execute(work));
    }

    /** A refusal in a form of its own. */
    private static Reply own(ProblemException.Problem problem) {
        return new Reply(200, List.of(), Bytes.utf8("own " + problem.status() + " " + problem.code()));
    }

    /** Says everything that it was called with. */
    static Reply echo(Call call, Instant now) {
        String text =
                call.method() + "\n" + call.path() + "\n" + call.rawQuery().orElse("-") + "\n"
                        + call.headers().stream()
                                .map(header -> header.name() + "=" + header.value())
                                .collect(Collectors.joining("\n"))
                        + "\n" + call.peer() + " " + call.secure() + " " + now + "\n"
                        + call.body().utf8();
        return new Reply(200, List.of(new Header("Content-Type", "text/plain")), Bytes.utf8(text));
    }

    /** As a signal ends it. */
    void end() {
        server.close();
    }

    @Override
    public void close() {
        end();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
