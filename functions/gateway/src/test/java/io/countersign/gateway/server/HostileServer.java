package io.countersign.gateway.server;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TrustedProxies;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server whose memory, gate and end can be looked at: by tests in this process, or in one of its own with a small heap. */
final class HostileServer implements AutoCloseable {
    static final int LARGE = 1 << 20;

    private static final HttpSettings SETTINGS = new HttpSettings(
            // No test waits for the end of these: a machine under load may take some seconds for a few requests.
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            new ConnectionBounds(1_024, 1_024, TrustedProxies.NONE),
            2,
            16,
            Duration.ZERO,
            TrustedProxies.NONE,
            Duration.ofMinutes(1));

    private final Vertx vertx = Vertx.vertx();
    private final GatewayServer server;
    final String url;
    final ByteBudget budget;
    /** The codes that the process was to end with. */
    final List<Integer> ends = new CopyOnWriteArrayList<>();
    /** The heads that the gate was asked about. */
    final List<Call> asked = new CopyOnWriteArrayList<>();

    HostileServer(ByteBudget budget, Endpoint face) throws IOException {
        this.budget = budget;
        this.server = new GatewayServer(
                vertx,
                SETTINGS,
                InstantSource.fixed(TestServer.NOW),
                Seeds.secure(),
                budget,
                new Fatal(ends::add, () -> false));
        this.url = server.listen(new GatewayServer.Listen("127.0.0.1", 0), routes(face, this::gate));
    }

    /** Serves in a process of its own until that is ended: says its URL in one line. */
    public static void main(String... arguments) throws IOException {
        GatewayServer server = new GatewayServer(Vertx.vertx(), SETTINGS, InstantSource.system(), Seeds.secure());
        System.out.println(server.listen(
                new GatewayServer.Listen("127.0.0.1", 0),
                routes(HostileServer::twice, (head, now) -> Optional.empty())));
    }

    private static Routes routes(Endpoint face, Gate gate) {
        return Routes.of(List.of(
                new Routes.Route("/small", List.of("POST"), RequestLimits.BODY, face),
                Routes.Route.ofLargeBody("/large", List.of("POST"), LARGE, gate, face),
                new Routes.Route("/private", List.of("POST"), RequestLimits.BODY, face).in(Lane.PRIVATE),
                new Routes.Route("/health", List.of("GET"), 0, (call, now) -> Reply.empty(204)).in(Lane.HEALTH)));
    }

    private Optional<ProblemException.Problem> gate(Call head, Instant now) {
        asked.add(head);
        return head.headerValues("Authorization").isEmpty()
                ? Optional.of(new ProblemException.Problem(401, "NoToken", "There is no token", "Send one."))
                : Optional.empty();
    }

    /** Answers with twice what it was sent. */
    static Reply twice(Call call, Instant now) {
        String body = call.body().utf8();
        return new Reply(200, List.of(), Bytes.utf8(body + body));
    }

    /** Returns when the budget is whole again. */
    void awaitWhole(long whole) throws InterruptedException {
        for (int i = 0; i < 400 && budget.available() != whole; i++) {
            Thread.sleep(25);
        }
        if (budget.available() != whole) {
            throw new AssertionError("of " + whole + " bytes only " + budget.available() + " came back");
        }
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
