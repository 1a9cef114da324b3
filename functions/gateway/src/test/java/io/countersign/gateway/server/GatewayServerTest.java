package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import io.countersign.registry.store.CallDeadline;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayServerTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(TestServer::echo);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void targetAndHeadersArriveAsTheyWereSent() throws IOException {
        String answer = exchange("""
                GET /echo?a=%2f+%2B&&b&a=c?d#e HTTP/1.1
                Host: h:1
                X-Twice: one, two
                x-twice: three

                """);
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "GET\n/echo\na=%2f+%2B&&b&a=c?d#e\n",
                        "Host=h:1\nX-Twice=one, two\nx-twice=three\n", "127.0.0.1 false 2026-11-22T03:04:05Z");
    }

    @Test
    void anAbsoluteTargetIsTakenToo() throws IOException {
        assertThat(exchange("GET http://elsewhere/echo?x HTTP/1.1\nHost: elsewhere\n\n"))
                .contains("\n/echo\nx\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/echo/", "//echo", "/ECHO", "/%65cho", "/echo/../echo", "/echo;x", "/nowhere", "http://h"})
    void onlyTheExactPathIsThere(String target) throws IOException {
        assertThat(exchange("GET " + target + " HTTP/1.1\nHost: h\n\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("application/problem+json", "\"code\":\"NotFound\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"})
    void anotherVerbIsRefusedWithThoseThatAreTaken(String verb) throws IOException {
        assertThat(exchange(verb + " /post HTTP/1.1\nHost: h\n\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: POST\r\n", "\"code\":\"MethodNotAllowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "OPTIONS", "PATCH", "BREW"})
    void aFaceForHeadersTakesAnyVerbAndNoBody(String verb) throws IOException {
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(lines(verb + " /heads HTTP/1.1\nHost: h\nContent-Length: 20\n\n") + "x".repeat(20));
            assertThat(wire.answer())
                    .startsWith("HTTP/1.1 200 ")
                    .contains(verb + "\n/heads\n")
                    .endsWith("2026-11-22T03:04:05Z\n");
            assertThat(wire.send(lines("GET /heads HTTP/1.1\nHost: h\n\n")).answer())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void answersFromTheHeadersBeforeTheBody() throws IOException {
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(lines("PUT /heads HTTP/1.1\nHost: h\nContent-Length: 9\nExpect: 100-continue\n\n"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
        }
        try (TestServer impatient = new TestServer(impatient(), TestServer::echo);
                RawConnection wire = RawConnection.open(impatient.url)) {
            wire.send(lines("PUT /heads HTTP/1.1\nHost: h\nContent-Length: 9\n\n") + "x");
            assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
        }
    }

    @Test
    void keepsTheDateOfAReply() throws IOException {
        try (TestServer dated =
                new TestServer((call, now) -> Reply.empty(204).with("Date", "Sun, 22 Nov 2026 00:00:00 GMT"))) {
            assertThat(RawConnection.exchange(dated.url, lines("GET /echo HTTP/1.1\nHost: h\nConnection: close\n\n")))
                    .containsOnlyOnce("Date: ")
                    .contains("Date: Sun, 22 Nov 2026 00:00:00 GMT\r\n");
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws IOException {
        String answer = exchange("HEAD /echo HTTP/1.1\nHost: h\n\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n").containsPattern("Content-Length: [1-9]");
    }

    @Test
    void everyAnswerHasItsDateAndIdAndIsNotStored() throws IOException {
        for (String target : List.of("/echo", "/nowhere")) {
            assertThat(exchange("GET " + target + " HTTP/1.1\nHost: h\n\n"))
                    .contains("Date: Sun, 22 Nov 2026 03:04:05 GMT\r\n", "Cache-Control: no-store\r\n")
                    .containsPattern("X-Request-Id: [0-9A-F]{24}\r\n")
                    .containsOnlyOnce("Cache-Control");
        }
    }

    @Test
    void severalRequestsOnOneConnectionAreAnsweredInOrder() throws IOException {
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(lines("GET /echo?1 HTTP/1.1\nHost: h\n\n")
                    + lines("GET /nowhere HTTP/1.1\nHost: h\n\n")
                    + lines("GET /echo?3 HTTP/1.1\nHost: h\n\n"));
            assertThat(wire.answer()).contains("\n1\n");
            assertThat(wire.answer()).startsWith("HTTP/1.1 404 ");
            assertThat(wire.answer()).contains("\n3\n");
        }
    }

    @Test
    void aBodyUpToTheLimitIsTaken() throws IOException {
        assertThat(exchange("POST /post HTTP/1.1\nHost: h\nContent-Length: 16\n\n0123456789abcdef"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("0123456789abcdef");
    }

    @Test
    void aLongerBodyIsReadToItsEndAndRefused() throws IOException {
        assertThat(sendAndRead("POST /post HTTP/1.1\nHost: h\nContent-Length: 1500000\n\n", "x".repeat(1_500_000)))
                .startsWith("HTTP/1.1 413 ")
                .contains("Connection: close\r\n", "\"code\":\"BodyTooLarge\"", "16 bytes");
    }

    @Test
    void aLongerBodyInChunksIsRefusedToo() throws IOException {
        assertThat(sendAndRead(
                        "POST /post HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n",
                        "11\r\n01234567890123456\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws IOException {
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(lines("POST /post HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n"));
            String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 33; i++) {
                wire.send(chunk);
            }
            assertThat(wire.rest()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldAtOnce() throws IOException {
        assertThat(exchange("POST /post HTTP/1.1\nHost: h\nContent-Length: 17\nExpect: 100-continue\n\n"))
                .startsWith("HTTP/1.1 413 ");
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(lines("POST /post HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 100 ");
            assertThat(wire.send("ok").answer()).startsWith("HTTP/1.1 200 ").endsWith("ok");
        }
    }

    @Test
    void theBodyOfARefusedRequestIsThrownAwayAndTheConnectionGoesOn() throws IOException {
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(lines("POST /nowhere HTTP/1.1\nHost: h\nContent-Length: 3\n\nabc")
                    + lines("GET /echo?next HTTP/1.1\nHost: h\n\n"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 404 ");
            assertThat(wire.answer()).contains("\nnext\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_193, 12_000, 20_000, 100_000})
    void aLongUrlIsRefused(int length) throws IOException {
        assertThat(exchange("GET /" + "a".repeat(length - 1) + " HTTP/1.1\nHost: h\n\n"))
                .containsPattern("^HTTP/1.[01] 414 ")
                .contains("\"code\":\"UrlTooLong\"");
    }

    @Test
    void aUrlUpToTheBoundIsTaken() throws IOException {
        assertThat(exchange("GET /echo?" + "a".repeat(8_192 - 6) + " HTTP/1.1\nHost: h\n\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {33_000, 50_000, 70_000, 200_000})
    void aLargeHeaderBlockIsRefused(int length) throws IOException {
        assertThat(exchange("GET /echo HTTP/1.1\nHost: h\nX: " + "a".repeat(length) + "\n\n"))
                .containsPattern("^HTTP/1.[01] 431 ")
                .contains("\"code\":\"HeadersTooLarge\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\n\n",
                "GET\n\n",
                "GET /echo HTTP/9.9.9\n\n",
                "GET * HTTP/1.1\nHost: h\n\n",
                "OPTIONS * HTTP/1.1\nHost: h\n\n",
                "GET echo HTTP/1.1\nHost: h\n\n",
                "CONNECT h:443 HTTP/1.1\nHost: h\n\n",
                "POST /post HTTP/1.1\nHost: h\nContent-Length: -1\n\n",
                "POST /post HTTP/1.1\nHost: h\nContent-Length: two\n\n",
                "POST /post HTTP/1.1\nHost: h\nContent-Length: 1\nContent-Length: 2\n\n",
                "POST /post HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\nzz\n",
                "GET /echo HTTP/1.1\nHost: h\nBad Name: x\n\n",
                "GET /echo HTTP/1.1\nHost: h\n: x\n\n"
            })
    void refusesBytesThatAreNotHttp(String text) throws IOException {
        assertThat(RawConnection.exchange(
                        server.url, lines(text.replace("HTTP/1.1\n", "HTTP/1.1\nConnection: close\n"))))
                .matches("(?s)(HTTP/1.[01] 4.*)?");
    }

    @Test
    void aSlowBodyTimesOut() throws IOException {
        try (TestServer impatient = new TestServer(impatient(), TestServer::echo)) {
            assertThat(RawConnection.exchange(
                            impatient.url, lines("POST /post HTTP/1.1\nHost: h\nContent-Length: 5\n\nhi")))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"code\":\"RequestTimeout\"");
        }
    }

    @Test
    void aConnectionThatSendsNoWholeHeadIsClosed() throws IOException {
        try (TestServer impatient = new TestServer(impatient(), TestServer::echo)) {
            assertThat(RawConnection.exchange(impatient.url, "GET /echo HTTP/1.1\r\nHost: h\r\n"))
                    .isEmpty();
        }
    }

    @Test
    void aConnectionPastTheLimitIsClosedAndLaterOnesAreTakenAgain() throws IOException {
        HttpSettings one = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ConnectionBounds(1, 1, TrustedProxies.NONE),
                4,
                16,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
        try (TestServer narrow = new TestServer(one, TestServer::echo)) {
            try (RawConnection first = RawConnection.open(narrow.url)) {
                first.send(lines("GET /echo HTTP/1.1\nHost: h\n\n"));
                assertThat(first.answer()).startsWith("HTTP/1.1 200 ");
                try (RawConnection second = RawConnection.open(narrow.url)) {
                    assertThat(second.rest()).isEmpty();
                }
            }
            String answer = "";
            while (answer.isEmpty()) {
                answer =
                        RawConnection.exchange(narrow.url, lines("GET /echo HTTP/1.1\nHost: h\nConnection: close\n\n"));
            }
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    /** The second request waits behind the first: its work has not begun when its client is gone. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9\n\n", "Content-Length: 9\n\nab", "Transfer-Encoding: chunked\n\nzz\r\n"})
    void aClientThatGoesAwayInItsNextRequestLeavesNoConnectionBehind(String next) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Endpoint slow = (call, now) -> {
            working.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.empty(204);
        };
        HttpSettings one = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                new ConnectionBounds(1, 1, TrustedProxies.NONE),
                4,
                16,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
        try (TestServer narrow = new TestServer(one, slow)) {
            try (RawConnection wire = RawConnection.open(narrow.url)) {
                wire.send(lines("GET /echo HTTP/1.1\nHost: h\n\n") + lines("POST /post HTTP/1.1\nHost: h\n" + next));
                working.await();
            }
            // Its going is seen before the first answer is written.
            Thread.sleep(300);
            go.countDown();
            assertThat(onceServed(narrow)).startsWith("HTTP/1.1 204 ");
        }
    }

    /** A server that is full closes what comes; ten seconds are more than any connection may take to be given back. */
    private static String onceServed(TestServer full) throws IOException, InterruptedException {
        String answer = "";
        for (int i = 0; answer.isEmpty() && i < 100; i++) {
            Thread.sleep(100);
            answer = RawConnection.exchange(full.url, lines("GET /echo HTTP/1.1\nHost: h\nConnection: close\n\n"));
        }
        return answer;
    }

    @Test
    void tooMuchWaitingWorkIsTurnedAway() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Endpoint slow = (call, now) -> {
            working.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.empty(204);
        };
        HttpSettings small = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ConnectionBounds(64, 64, TrustedProxies.NONE),
                1,
                1,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
        String get = lines("GET /echo HTTP/1.1\nHost: h\n\n");
        try (TestServer busy = new TestServer(small, slow);
                RawConnection first = RawConnection.open(busy.url).send(get)) {
            working.await();
            try (RawConnection second = RawConnection.open(busy.url).send(get);
                    RawConnection third = RawConnection.open(busy.url).send(get)) {
                // One of the two waits in the queue, the other finds it full; which is which, the event loop decides.
                String refused = CompletableFuture.anyOf(answer(second), answer(third))
                        .get()
                        .toString();
                assertThat(refused).startsWith("HTTP/1.1 503 ").contains("\"code\":\"Overloaded\"", "Retry-After: 1");
                go.countDown();
                assertThat(first.answer()).startsWith("HTTP/1.1 204 ");
            }
        }
    }

    @Test
    void refusesARequestThatWaitedTooLongInTheQueue() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Endpoint slow = (call, now) -> {
            asked.incrementAndGet();
            working.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.empty(204)
                    .with("X-Left", String.valueOf(CallDeadline.left().orElse(0) > 0));
        };
        HttpSettings hurried = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ConnectionBounds(64, 64, TrustedProxies.NONE),
                1,
                16,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMillis(200));
        String get = lines("GET /echo HTTP/1.1\nHost: h\n\n");
        try (TestServer busy = new TestServer(hurried, slow);
                RawConnection first = RawConnection.open(busy.url).send(get)) {
            working.await();
            try (RawConnection second = RawConnection.open(busy.url).send(get)) {
                Thread.sleep(500);
                go.countDown();
                assertThat(first.answer()).startsWith("HTTP/1.1 204 ").contains("X-Left: false");
                assertThat(second.answer()).startsWith("HTTP/1.1 503 ").contains("\"code\":\"Overloaded\"");
                assertThat(asked).hasValue(1);
                assertThat(second.send(get).answer())
                        .startsWith("HTTP/1.1 204 ")
                        .contains("X-Left: true");
            }
        }
    }

    @Test
    void aFaceThatFailsIsAnsweredWithoutDetails() throws IOException {
        try (TestServer failing = new TestServer((call, now) -> {
            throw new IllegalStateException("secret detail");
        })) {
            assertThat(RawConnection.exchange(failing.url, lines("GET /echo HTTP/1.1\nHost: h\nConnection: close\n\n")))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("\"code\":\"InternalError\"")
                    .doesNotContain("secret", "Exception");
        }
    }

    /** What listens refuses these before it begins, and the start waited for ever. */
    @Test
    @Timeout(60)
    void anAddressThatIsNoneIsSaid() {
        Vertx vertx = Vertx.vertx();
        try (GatewayServer second =
                new GatewayServer(vertx, TestServer.SETTINGS, InstantSource.fixed(TestServer.NOW), Seeds.secure())) {
            for (String host : List.of("", "no-such-host.invalid", "h h", "a\nb", "1.2.3.4.5")) {
                assertThatThrownBy(() -> second.listen(new GatewayServer.Listen(host, 0), Routes.of(List.of())))
                        .isInstanceOf(IOException.class);
            }
        } finally {
            vertx.close();
        }
    }

    @Test
    void aTakenPortIsSaid() {
        Vertx vertx = Vertx.vertx();
        try (GatewayServer second =
                new GatewayServer(vertx, TestServer.SETTINGS, InstantSource.fixed(TestServer.NOW), Seeds.secure())) {
            GatewayServer.Listen taken =
                    new GatewayServer.Listen("127.0.0.1", URI.create(server.url).getPort());
            assertThatThrownBy(() -> second.listen(taken, Routes.of(List.of()))).isInstanceOf(BindException.class);
        } finally {
            vertx.close();
        }
    }

    private static HttpSettings impatient() {
        return new HttpSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                new ConnectionBounds(64, 64, TrustedProxies.NONE),
                4,
                16,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
    }

    private static CompletableFuture<String> answer(RawConnection wire) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(wire.answer());
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static String sendAndRead(String head, String body) throws IOException {
        return RawConnection.exchange(server.url, lines(head) + body);
    }

    /** One exchange on a connection that ends with it. */
    private static String exchange(String text) throws IOException {
        return RawConnection.exchange(
                server.url, lines(text.replaceFirst(" HTTP/1.1\n", " HTTP/1.1\nConnection: close\n")));
    }

    private static String lines(String text) {
        int end = text.indexOf("\n\n");
        String head = text.substring(0, end < 0 ? text.length() : end + 2);
        return head.replace("\n", "\r\n") + text.substring(head.length());
    }
}
