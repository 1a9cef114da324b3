package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies in flight and their answers take no more than their budget, and give back all that they took. */
class MemoryTest {
    private static final long BUDGET = 400_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<RawConnection> wires = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (RawConnection wire : wires) {
            wire.close();
        }
    }

    private static HostileServer server() throws IOException {
        return new HostileServer(new ByteBudget(BUDGET), HostileServer::twice);
    }

    /** Sends a part of a body that is announced to be longer. */
    private void halfSend(HostileServer server, String path, int announced, int sent) throws IOException {
        wires.add(RawConnection.open(server.url)
                .send("POST " + path + " HTTP/1.1\r\nHost: h\r\nAuthorization: a\r\nContent-Length: " + announced
                        + "\r\n\r\n" + "x".repeat(sent)));
    }

    private HttpResponse<String> post(HostileServer server, String path, int length, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url + path))
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(length)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitLeft(HostileServer server, long most) throws InterruptedException {
        for (int i = 0; i < 400 && server.budget.available() > most; i++) {
            Thread.sleep(25);
        }
        assertThat(server.budget.available()).isLessThanOrEqualTo(most);
    }

    @Test
    void aLengthThatIsOnlyAnnouncedTakesNothing() throws Exception {
        try (HostileServer server = server()) {
            for (int i = 0; i < 50; i++) {
                halfSend(server, "/small", RequestLimits.BODY, 0);
            }
            assertThat(post(server, "/small", 1_000).statusCode()).isEqualTo(200);
            server.awaitWhole(BUDGET);
        }
    }

    @Test
    void pastTheBudgetABodyIs503AndItsClientSeesIt() throws Exception {
        try (HostileServer server = server()) {
            // One after another: of bodies that grow at once past the budget, each may be refused.
            for (int i = 1; i <= 4; i++) {
                halfSend(server, "/small", RequestLimits.BODY, RequestLimits.BODY - 1);
                awaitLeft(server, BUDGET - i * RequestLimits.BODY);
            }
            halfSend(server, "/small", RequestLimits.BODY, RequestLimits.BODY - 1);
            HttpResponse<String> refused = post(server, "/small", RequestLimits.BODY);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"Overloaded\"");
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            // A private face still has the quarter that open ones leave it.
            assertThat(post(server, "/private", 1_000).statusCode()).isEqualTo(200);
            hangUp();
            server.awaitWhole(BUDGET);
            assertThat(post(server, "/small", RequestLimits.BODY).statusCode()).isEqualTo(200);
            server.awaitWhole(BUDGET);
        }
    }

    @Test
    void reservesNothingForADrainedBody() throws Exception {
        try (HostileServer server = server()) {
            halfSend(server, "/small", RequestLimits.DRAIN, RequestLimits.DRAIN / 2);
            halfSend(server, "/nowhere", RequestLimits.DRAIN, RequestLimits.DRAIN / 2);
            assertThat(post(server, "/small", RequestLimits.BODY + 1).statusCode())
                    .isEqualTo(413);
            server.awaitWhole(BUDGET);
        }
    }

    @Test
    void noMoreThanASmallBodyIsReadBeforeTheGateLetsTheCallIn() throws Exception {
        long budget = 8L << 20;
        try (HostileServer server = new HostileServer(new ByteBudget(budget), HostileServer::twice)) {
            HttpResponse<String> refused = post(server, "/large", 200_000);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(server.asked).hasSize(1);
            assertThat(server.asked.getFirst().body().isEmpty()).isTrue();
            assertThat(server.asked.getFirst().path()).isEqualTo("/large");
            assertThat(post(server, "/large", 100_000, "Authorization", "a").body())
                    .hasSize(200_000);
            assertThat(server.asked).hasSize(2);
            // A small body needs no gate: its face knows whom it lets in.
            assertThat(post(server, "/large", 60_000).statusCode()).isEqualTo(200);
            assertThat(server.asked).hasSize(2);
            server.awaitWhole(budget);
        }
    }

    @Test
    void anAnswerThatFindsNoRoomIs503() throws Exception {
        try (HostileServer server = server()) {
            assertThat(post(server, "/large", 250_000, "Authorization", "a").statusCode())
                    .isEqualTo(503);
            server.awaitWhole(BUDGET);
        }
    }

    @Test
    void closesTheConnectionOfAnAnswerThatIsNotRead() throws Exception {
        try (HostileServer server = new HostileServer(new ByteBudget(64L << 20), HostileServer::twice)) {
            for (int i = 0; i < 4; i++) {
                halfSend(server, "/large", HostileServer.LARGE, HostileServer.LARGE);
            }
            hangUp();
            server.awaitWhole(64L << 20);
        }
    }

    @Test
    void anErrorIsAnsweredOrEndsTheProcess() throws Exception {
        List<Error> errors =
                List.of(new AssertionError("secret"), new NoClassDefFoundError("secret"), new StackOverflowError());
        AtomicInteger turn = new AtomicInteger();
        try (HostileServer server = new HostileServer(new ByteBudget(BUDGET), (call, now) -> {
            throw errors.get(turn.getAndIncrement());
        })) {
            for (Error error : errors) {
                HttpResponse<String> answer = post(server, "/small", 10);
                assertThat(answer.statusCode()).as(error.toString()).isEqualTo(500);
                assertThat(answer.body()).contains("InternalError").doesNotContain("secret");
            }
            assertThat(server.ends).isEmpty();
        }
        try (HostileServer server = new HostileServer(new ByteBudget(BUDGET), (call, now) -> {
            throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
        })) {
            post(server, "/private", 10);
            assertThat(server.ends).containsExactly(Fatal.CODE);
        }
    }

    @Test
    void anEventLoopThatEndsBeforeItsServerEndsTheProcess() {
        List<Integer> ends = new ArrayList<>();
        new Fatal(ends::add, () -> true).loopEnded();
        assertThat(ends).isEmpty();
        Fatal fatal = new Fatal(ends::add, () -> false);
        fatal.loopEnded();
        assertThat(ends).containsExactly(Fatal.CODE);
        fatal.close();
        fatal.loopEnded();
        assertThat(ends).hasSize(1);
    }

    @Test
    void facesThatHangHoldUpNeitherPrivateOnesNorHealth() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (HostileServer server = new HostileServer(new ByteBudget(BUDGET), (call, now) -> {
            if (!call.path().equals("/private")) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Reply.empty(204);
        })) {
            for (int i = 0; i < 10; i++) {
                halfSend(server, "/small", 3, 3);
            }
            assertThat(post(server, "/private", 10).statusCode()).isEqualTo(204);
            HttpRequest health =
                    HttpRequest.newBuilder(URI.create(server.url + "/health")).build();
            assertThat(client.send(health, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            go.countDown();
        }
    }
}
