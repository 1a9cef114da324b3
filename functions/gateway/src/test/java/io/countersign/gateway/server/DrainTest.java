package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections when the server ends. */
@Timeout(60)
class DrainTest {
    private static final String GET = "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final int LIVE = 32;

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void everyRequestOnALiveConnectionIsAnsweredUntilTheConnectionSaysClose() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        CountDownLatch warm = new CountDownLatch(LIVE);
        List<CompletableFuture<String>> clients = new ArrayList<>();
        try (TestServer server = patient(TestServer::echo)) {
            for (int i = 0; i < LIVE; i++) {
                clients.add(async(() -> untilClosed(server.url, answers, warm)));
            }
            warm.await();
            CompletableFuture<String> ended = ended(server);
            for (CompletableFuture<String> client : clients) {
                assertThat(client.join()).startsWith("HTTP/1.1 200 ").contains(CLOSE);
            }
            ended.join();
            assertThat(answers).hasValueGreaterThan(3 * LIVE - 1);
            assertThat(refuses(server.url)).isTrue();
        }
    }

    /** @return the last answer; every one before it is whole and leaves the connection open */
    private static String untilClosed(String url, AtomicInteger answers, CountDownLatch warm) throws IOException {
        try (RawConnection wire = RawConnection.open(url)) {
            for (int sent = 1; ; sent++) {
                String answer = wire.send(GET).answer();
                assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\n/echo\n");
                answers.incrementAndGet();
                if (sent == 3) {
                    warm.countDown();
                }
                if (answer.contains(CLOSE)) {
                    assertThat(wire.rest()).isEmpty();
                    return answer;
                }
            }
        }
    }

    @Test
    void anIdleConnectionIsAnsweredOnceMoreAndThenTheServerEnds() throws Exception {
        try (TestServer server = patient(TestServer::echo);
                RawConnection wire = RawConnection.open(server.url)) {
            assertThat(wire.send(GET).answer()).doesNotContain(CLOSE);
            CompletableFuture<String> ended = ending(server);
            Thread.sleep(300);
            assertThat(wire.send(GET).answer()).startsWith("HTTP/1.1 200 ").contains(CLOSE);
            ended.join();
        }
    }

    /** Its event loop has not heard of it yet. */
    @Test
    void aConnectionThatWasJustAcceptedIsAnswered() throws Exception {
        try (TestServer server = patient(TestServer::echo)) {
            CountDownLatch free = new CountDownLatch(1);
            server.onEachLoop(() -> {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try (RawConnection wire = RawConnection.open(server.url).send(GET)) {
                Thread.sleep(300);
                CompletableFuture<String> ended = ended(server);
                Thread.sleep(300);
                free.countDown();
                assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").contains(CLOSE);
                ended.join();
            }
        }
    }

    @Test
    void aHalfSentBodyIsAnsweredWhenTheRestComes() throws Exception {
        try (TestServer server = patient(TestServer::echo);
                RawConnection wire = RawConnection.open(server.url)) {
            wire.send("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
            Thread.sleep(300);
            CompletableFuture<String> ended = ending(server);
            assertThat(wire.send("def").answer())
                    .startsWith("HTTP/1.1 200 ")
                    .contains(CLOSE)
                    .endsWith("abcdef");
            ended.join();
        }
    }

    @Test
    void aBodyThatStaysHalfSentIsRefusedWhenTheTimeIsOver() throws Exception {
        try (TestServer server = new TestServer(draining(Duration.ofSeconds(1)), TestServer::echo);
                RawConnection wire = RawConnection.open(server.url)) {
            wire.send("POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
            Thread.sleep(300);
            CompletableFuture<String> ended = ending(server);
            assertThat(wire.answer())
                    .startsWith("HTTP/1.1 503 ")
                    .contains(CLOSE, "Retry-After: 1\r\n", "\"code\":\"Stopping\"");
            ended.join();
        }
    }

    @Test
    void refusesARequestThatOutlastsTheDrainTime() throws Exception {
        try (TestServer server = new TestServer(draining(Duration.ofSeconds(1)), this::waiting);
                RawConnection wire = RawConnection.open(server.url).send(GET);
                RawConnection idle = RawConnection.open(server.url)) {
            working.await();
            CompletableFuture<String> ended = ending(server);
            assertThat(wire.answer()).startsWith("HTTP/1.1 503 ").contains(CLOSE, "\"code\":\"Stopping\"");
            assertThat(wire.rest()).isEmpty();
            assertThat(idle.rest()).isEmpty();
            ended.join();
        }
    }

    @Test
    void answersARequestInProgress() throws Exception {
        try (TestServer server = patient(this::waiting);
                RawConnection wire = RawConnection.open(server.url).send(GET)) {
            working.await();
            CompletableFuture<String> ended = ending(server);
            go.countDown();
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").contains(CLOSE);
            ended.join();
        }
    }

    @Test
    void theAnswerToTheLastRequestOfAPipelineSaysClose() throws Exception {
        try (TestServer server = patient(this::waiting);
                RawConnection wire = RawConnection.open(server.url).send(GET + GET + GET)) {
            working.await();
            CompletableFuture<String> ended = ending(server);
            go.countDown();
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").doesNotContain(CLOSE);
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").doesNotContain(CLOSE);
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").contains(CLOSE);
            ended.join();
        }
    }

    @Test
    void aRequestWhoseHeadIsHalfSentBehindAnotherIsAnswered() throws Exception {
        try (TestServer server = patient(this::waiting);
                RawConnection wire = RawConnection.open(server.url).send(GET + "GET /ec")) {
            working.await();
            CompletableFuture<String> ended = ending(server);
            go.countDown();
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").doesNotContain(CLOSE);
            wire.send("ho?second HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(wire.answer()).contains("\nsecond\n", CLOSE);
            ended.join();
        }
    }

    @Test
    void aServerWithoutConnectionsEndsAtOnce() throws Exception {
        long begun = System.nanoTime();
        try (TestServer server = patient(TestServer::echo)) {
            server.end();
            assertThat(refuses(server.url)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    private Reply waiting(Call call, Instant now) {
        working.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TestServer.echo(call, now);
    }

    private static TestServer patient(Endpoint face) throws IOException {
        return new TestServer(draining(Duration.ofSeconds(30)), face);
    }

    /** With room for a request of each live connection. */
    private static HttpSettings draining(Duration drain) {
        return new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ConnectionBounds(64, 64, TrustedProxies.NONE),
                4,
                LIVE,
                drain,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
    }

    /** Begins to end the server; returns when it takes no connections any more. */
    private static CompletableFuture<String> ending(TestServer server) throws Exception {
        CompletableFuture<String> ended = ended(server);
        while (!refuses(server.url)) {
            Thread.sleep(10);
        }
        assertThat(ended).isNotDone();
        return ended.orTimeout(20, TimeUnit.SECONDS);
    }

    private static CompletableFuture<String> ended(TestServer server) {
        return async(() -> {
            server.end();
            return "";
        });
    }

    private static boolean refuses(String url) throws IOException {
        try (RawConnection probe = RawConnection.open(url)) {
            return false;
        } catch (SocketException e) {
            // Refused, or reset where the port closed between the two steps of the connection.
            return true;
        }
    }

    private interface Work {
        String run() throws Exception;
    }

    private static CompletableFuture<String> async(Work work) {
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(work.run());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
