package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.raw;
import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import io.countersign.http.Outages;
import io.countersign.testkit.LoggedLines;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that hang, break off, lie or try to speak to the client themselves. */
class HostileStoreTest {
    private static final String SECRET = "StringToSign-of-our-key-" + StoreFixture.SIGNER;

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of(
            "countersign.upstream.answer-timeout", "PT1S",
            "countersign.upstream.idle-timeout", "PT1S",
            "countersign.upstream.connect-timeout", "PT1S"));

    @BeforeEach
    void answer() {
        fixture.store.reading(true);
        fixture.store.answeringEarly((request, connection) -> {});
    }

    private static String answer(String request) throws IOException {
        String host = fixture.url().substring(7);
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            return wire.send(request.replace("HOST", host)).answer();
        }
    }

    private static String getObject() throws IOException {
        return answer("GET /publicbucket/a.txt HTTP/1.1\r\nHost: HOST\r\n\r\n");
    }

    private static void isUnavailable(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("<Code>ServiceUnavailable</Code>");
        assertThat(answer)
                .doesNotContain("physical-")
                .doesNotContain(SECRET)
                .doesNotContain(StoreFixture.SIGNER)
                .doesNotContain("OFTHESTORE")
                .doesNotContain(fixture.store.endpoint().substring(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "\u0016\u0003\u0001\u0002",
                "HTTP/3.7 200 OK\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://physical-publicbucket.example.com/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                ""
            })
    void anAnswerThatNoStoreGivesIs503(String answer) throws Exception {
        fixture.store.answering((request, connection) -> {
            raw(answer).answer(request, connection);
            connection.close();
        });
        isUnavailable(getObject());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aStoreThatRefusesOurSignatureSaysNothingOfIt(int status) throws Exception {
        fixture.store.answering(say(
                status + " Refused",
                Map.of("WWW-Authenticate", SECRET, "x-oss-err", SECRET),
                "<Error><Code>SignatureDoesNotMatch</Code><Message>" + SECRET + "</Message><StringToSign>" + SECRET
                        + "</StringToSign><OSSAccessKeyId>" + StoreFixture.SIGNER + "</OSSAccessKeyId></Error>"));
        isUnavailable(getObject());
        String head = answer("HEAD /publicbucket/a.txt HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 503 ").doesNotContain(SECRET);
    }

    @Test
    void theLogNamesTheOperationAndTheBucketOfARequestThatTheStoreRefuses() throws Exception {
        try (LoggedLines log = new LoggedLines(Outages.class)) {
            fixture.store.answering(say("403 Forbidden", Map.of(), "<Error><Code>HostileStoreTest</Code></Error>"));
            isUnavailable(getObject());
            isUnavailable(answer(
                    "PUT /postbox/a.txt HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nConnection: close\r\n\r\na"));
            assertThat(log.lines())
                    .anySatisfy(
                            line -> assertThat(line)
                                    .startsWith(
                                            "event=unavailable reason=\"GetObject for the bucket publicbucket: The store answered 403"))
                    .anySatisfy(
                            line -> assertThat(line)
                                    .startsWith(
                                            "event=unavailable reason=\"PutObject for the bucket postbox: The store answered 403"))
                    .allSatisfy(line -> assertThat(line).doesNotContain("physical-", StoreFixture.SIGNER));
        }
    }

    /** The client gets OSS's error, and the operator a line. */
    @Test
    void theLogNamesTheRequestsThatTheStoreFailsAt() throws Exception {
        try (LoggedLines log = new LoggedLines(Outages.class)) {
            fixture.store.answering(
                    say("500 Internal Server Error", Map.of(), "<Error><Code>InternalError</Code></Error>"));
            assertThat(answer("GET /s3box/a.txt HTTP/1.1\r\nHost: HOST\r\n\r\n"))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("<Code>InternalError</Code>");
            assertThat(answer("HEAD /s3box/a.txt HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 500 ");
            assertThat(log.lines())
                    .hasSize(2)
                    .anySatisfy(
                            line -> assertThat(line)
                                    .startsWith(
                                            "event=unavailable reason=\"GetObject for the bucket s3box: the store answered 500"))
                    .anySatisfy(
                            line -> assertThat(line)
                                    .startsWith(
                                            "event=unavailable reason=\"HeadObject for the bucket s3box: the store answered 500"));
        }
    }

    @Test
    void aHeadThatIsTooLargeIs503() throws Exception {
        fixture.store.answering(raw("HTTP/1.1 200 OK\r\nx-oss-meta-a: " + "a".repeat(100_000) + "\r\n\r\n"));
        isUnavailable(getObject());
    }

    @Test
    void anErrorDocumentWithoutEndIs503() throws Exception {
        fixture.store.answering((request, connection) -> {
            byte[] megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'x');
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 404 Not Found\r\nContent-Type: application/xml\r\nContent-Length: " + (100L << 20)
                                    + "\r\n\r\n<Error>")
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                connection.getOutputStream().write(megabyte);
            }
        });
        isUnavailable(getObject());
    }

    @Test
    void aStoreThatHangsIs503InTime() throws Exception {
        fixture.store.answering((request, connection) -> Thread.sleep(30_000));
        long start = System.nanoTime();
        isUnavailable(getObject());
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    void anObjectThatBreaksOffNeverLooksWhole() throws Exception {
        fixture.store.answering((request, connection) -> {
            raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nETag: \"e\"\r\n\r\n" + "x".repeat(50_000))
                    .answer(request, connection);
            Thread.sleep(200);
            connection.setSoLinger(true, 0);
            connection.close();
        });
        String cut = getWhole("");
        assertThat(cut).startsWith("HTTP/1.1 200 ").contains("Content-Length: 100000".toLowerCase(Locale.ROOT));
        assertThat(cut.length()).isLessThan(100_000);
    }

    @Test
    void aChunkedObjectThatBreaksOffNeverLooksWhole() throws Exception {
        fixture.store.answering((request, connection) -> {
            raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"e\"\r\n\r\n5\r\nhello\r\n")
                    .answer(request, connection);
            Thread.sleep(200);
            connection.close();
        });
        assertThat(getWhole("")).contains("hello").doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void anObjectThatStopsIsBrokenOff() throws Exception {
        fixture.store.answering((request, connection) -> {
            raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nETag: \"e\"\r\n\r\nabc")
                    .answer(request, connection);
            Thread.sleep(30_000);
        });
        long start = System.nanoTime();
        assertThat(getWhole("")).endsWith("abc");
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    /** All until the connection closes. */
    private static String getWhole(String headers) throws IOException {
        String host = fixture.url().substring(7);
        return RawConnection.exchange(
                fixture.url(),
                ("GET /publicbucket/a.txt HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aSplitAnswerStaysOneAnswer() throws Exception {
        fixture.store.answering(raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"a\"\r\n"
                + "x-oss-meta-a: b\n\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nok"));
        String answer = getObject();
        assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
        fixture.store.answering(raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"a\"\r\n"
                + "x-oss-meta-a: b\r Set-Cookie: c=d\r\n\r\nok"));
        assertThat(getObject()).doesNotContain("\r Set-Cookie").doesNotContain("\nSet-Cookie");
    }

    @Test
    void whatComesAfterAnAnswerIsNobodys() throws Exception {
        fixture.store.answering(raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"a\"\r\n\r\nok"
                + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen"));
        assertThat(getObject()).endsWith("ok");
        Thread.sleep(100);
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"b\""), "fresh"));
        assertThat(getObject()).endsWith("fresh");
    }

    @Test
    void anUploadThatTheStoreRefusesEarlyIsAnswered() throws Exception {
        fixture.store.answeringEarly((request, connection) -> {
            say(
                            "400 Bad Request",
                            Map.of("Content-Type", "application/xml"),
                            "<Error><Code>InvalidArgument</Code><Message>m</Message></Error>")
                    .answer(request, connection);
            Thread.sleep(100);
            connection.close();
        });
        String answer = answer(
                "PUT /postbox/a.txt HTTP/1.1\r\nHost: HOST\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000));
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("InvalidArgument");
    }

    @Test
    void anAnswerBeforeTheWholeBodyIsNoSuccess() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        fixture.store.answeringEarly((request, connection) -> {
            say("200 OK", Map.of("ETag", "\"e\""), "").answer(request, connection);
            answered.countDown();
        });
        String host = fixture.url().substring(7);
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            wire.send("PUT /postbox/a.txt HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 300000\r\n\r\n"
                    + "x".repeat(100));
            answered.await();
            Thread.sleep(500);
            wire.send("x".repeat(299_900));
            isUnavailable(wire.answer());
        }
    }

    @Test
    void aStoreThatTakesNoMoreIs503() throws Exception {
        fixture.store.reading(false);
        String host = fixture.url().substring(7);
        long size = 64L << 20;
        try (Socket wire =
                new Socket("127.0.0.1", java.net.URI.create(fixture.url()).getPort())) {
            wire.setSoTimeout(20_000);
            wire.getOutputStream()
                    .write(("PUT /postbox/a.txt HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + size + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> {
                try {
                    byte[] piece = new byte[64 * 1024];
                    for (long sent = 0; sent < size; sent += piece.length) {
                        wire.getOutputStream().write(piece);
                    }
                } catch (IOException e) {
                    // Answered before.
                }
            });
            String answer = new String(wire.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 503");
        }
    }

    @Test
    void aStoreThatIsNotThereIs503() throws Exception {
        try (StoreFixture gone = StoreFixture.started(Map.of("countersign.upstream.connect-timeout", "PT1S"))) {
            gone.store.close();
            String host = gone.url().substring(7);
            try (RawConnection wire = RawConnection.open(gone.url())) {
                isUnavailable(wire.send("GET /publicbucket/a.txt HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .answer());
            }
        }
    }

    @Test
    void aConnectionThatTheStoreClosedIsReplacedForAReader() throws Exception {
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), "one"));
        assertThat(getObject()).endsWith("one");
        fixture.store.answering((request, connection) -> {
            say("200 OK", Map.of("ETag", "\"e\""), "two").answer(request, connection);
            connection.close();
        });
        assertThat(getObject()).endsWith("two");
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), "three"));
        assertThat(getObject()).endsWith("three");
    }
}
