package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends is never guessed: what is not plain is refused, and nothing that follows it on the connection is taken for a request. */
class FramingTest {
    private static final HttpSettings IMPATIENT = new HttpSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            new ConnectionBounds(64, 64, TrustedProxies.NONE),
            4,
            16,
            Duration.ZERO,
            TrustedProxies.NONE,
            Duration.ofMinutes(1));
    /** Bytes that a proxy reads as a body, and another server reads as a request. */
    private static final String SMUGGLED = "GET /echo?smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private static final String LAST_CHUNK = "0\r\n\r\n";

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [0-9]{3} ");
    private static final Queue<String> CALLED = new ConcurrentLinkedQueue<>();
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(IMPATIENT, FramingTest::listen);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        CALLED.clear();
    }

    private static Reply listen(Call call, Instant now) {
        CALLED.add(call.path() + "?" + call.rawQuery().orElse(""));
        return TestServer.echo(call, now);
    }

    /** One refusal, told to be the last word on the connection, and no face was asked. */
    private static void assertRefused(String bytes, int status, String code) throws IOException {
        String answer = RawConnection.exchange(server.url, bytes);
        assertThat(answer)
                .containsPattern("^HTTP/1.[01] " + status + " ")
                .containsIgnoringCase("\r\nConnection: close\r\n")
                .contains("application/problem+json", "\"code\":\"" + code + "\"", "X-Request-Id: ");
        assertThat(STATUS_LINE.matcher(answer).results()).hasSize(1);
        assertThat(CALLED).isEmpty();
    }

    private static String post(String headers) {
        return "POST /post HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0", "HTTP/0.0", "HTTP/9.9"})
    void anotherVersionIsRefusedByName(String version) throws IOException {
        assertRefused("GET /echo " + version + "\r\nHost: h\r\n\r\n" + SMUGGLED, 505, "HttpVersionNotSupported");
    }

    @Test
    void asManyRequestsAsMayWaitAreAllAnswered() throws Exception {
        int last = StrictDecoder.MOST_UNANSWERED - 1;
        String answers = RawConnection.exchange(
                server.url,
                "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n".repeat(last)
                        + "GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertThat(answers.split("HTTP/1\\.1 200 ", -1)).hasSize(last + 2);
    }

    @Test
    void anHttp2PrefaceIsAnotherVersion() throws IOException {
        assertRefused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HttpVersionNotSupported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP",
                "HTTP/",
                "HTTP/1",
                "HTTP/3",
                "HTTP/1.10",
                "HTTP/01.1",
                "http/1.1",
                "Http/1.1",
                "HTTP/9.9.9",
                "HTTP/-1.1",
                "HTTP/1.x",
                "HTTPS/1.1",
                "RTSP/1.0",
                "ICY/1.0",
                "HTTP/1.1 x",
                "HTTP/1.1 ",
                "HTTP/1.1\u0000",
                "\u00ff"
            })
    void refusesAnInvalidHttpVersion(String version) throws IOException {
        assertRefused("GET /echo " + version + "\r\nHost: h\r\n\r\n" + SMUGGLED, 400, "BadRequest");
    }

    @Test
    void bothVersionsThatAreSpokenAreTaken() throws IOException {
        assertThat(RawConnection.exchange(server.url, "GET /echo HTTP/1.0\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.0 200 ");
        assertThat(RawConnection.exchange(server.url, "GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
                "transfer-encoding: chunked\r\nCONTENT-LENGTH: 5\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked, chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding: chunked;q=1\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding:\r\n",
                "Transfer-Encoding:\r\n chunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding\t: chunked\r\n",
                "Transfer-Encoding: chunked\u000b\r\n",
                "Transfer-Encoding: chunked\u0000\r\n",
                "X: y\nTransfer-Encoding: chunked\r\n",
                "X: y\rTransfer-Encoding: chunked\r\n"
            })
    void aLengthToldInTwoWaysOrInAnUnknownOneIsRefused(String headers) throws IOException {
        assertRefused(post(headers) + LAST_CHUNK + SMUGGLED, 400, "BadRequest");
    }

    @Test
    void theOldVersionHasNoChunks() throws IOException {
        assertRefused(
                "POST /post HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + LAST_CHUNK + SMUGGLED, 400, "BadRequest");
    }

    /** RFC 9112 5.2: one reader joins it to the line before, another takes it for a header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y\r\n Transfer-Encoding: chunked\r\n",
                "X: y\r\n\tmore\r\n",
                "X:\r\n y\r\n",
                "X: y\r\n \r\n",
                "Content-Length: 0\r\n 5\r\n"
            })
    void aFoldedLineIsRefused(String headers) throws Exception {
        assertRefused(post(headers) + SMUGGLED, 400, "BadRequest");
        assertRefusedInPieces(post(headers) + SMUGGLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0001GET /echo HTTP/1.1",
                "\u0000GET /echo HTTP/1.1",
                "\r\n\u0001\r\nGET /echo HTTP/1.1",
                "\tGET /echo HTTP/1.1",
                " GET /echo HTTP/1.1",
                " \r\nGET /echo HTTP/1.1",
                "\u000cGET /echo HTTP/1.1",
                "\u007fGET /echo HTTP/1.1",
                "\u0085GET /echo HTTP/1.1",
                "GET\t/echo HTTP/1.1",
                "GET /echo\tHTTP/1.1",
                "GET\u000b/echo HTTP/1.1",
                "GET\u000c/echo HTTP/1.1",
                "GET /echo \tHTTP/1.1",
                "GET  /echo HTTP/1.1",
                "GET /echo  HTTP/1.1",
                "GET /echo HTTP/1.1\t",
                "GET\r/echo HTTP/1.1"
            })
    void aRequestLineHasTwoSpacesAndNothingBeforeIt(String line) throws Exception {
        assertRefused(line + "\r\nHost: h\r\n\r\n" + SMUGGLED, 400, "BadRequest");
        assertRefusedInPieces(line + "\r\nHost: h\r\n\r\n" + SMUGGLED);
    }

    /** The same, wherever the network cuts it. */
    private static void assertRefusedInPieces(String bytes) throws IOException {
        String answer = RawConnection.pieces(server.url, bytes.getBytes(StandardCharsets.ISO_8859_1), 1);
        assertThat(answer).containsPattern("^HTTP/1.[01] 400 ");
        assertThat(CALLED).isEmpty();
    }

    @Test
    void refusesBytesBeforeALaterRequest() throws IOException {
        for (String first : List.of(
                "GET /echo?first HTTP/1.1\r\nHost: h\r\n\r\n",
                post("Content-Length: 2\r\n") + "ok",
                post("Transfer-Encoding: chunked\r\n") + "2\r\nok\r\n0\r\n\r\n")) {
            CALLED.clear();
            assertThat(RawConnection.exchange(server.url, first + "\u0001" + SMUGGLED))
                    .containsOnlyOnce("HTTP/1.1 200 ")
                    .containsOnlyOnce(" 400 ");
            assertThat(CALLED).hasSize(1);
        }
    }

    @Test
    void emptyLinesBeforeARequestAreNothing() throws IOException {
        assertThat(RawConnection.exchange(
                        server.url, "\r\n\r\nGET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(RawConnection.exchange(
                        server.url,
                        post("Content-Length: 2\r\n")
                                + "ok\r\nGET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .contains("\nok")
                .contains("HTTP/1.1 200 ");
        assertThat(CALLED).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: h\r\nHost: h\r\n", "Host: h\r\nhost: other\r\n", "Host: h\r\nHost:\r\n"})
    void aRequestHasOneHost(String hosts) throws IOException {
        assertRefused("GET /echo HTTP/1.1\r\n" + hosts + "\r\n" + SMUGGLED, 400, "BadRequest");
    }

    @Test
    void theOldVersionNeedsNoHostAndHasNoTwo() throws IOException {
        assertThat(RawConnection.exchange(server.url, "GET /echo HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.0 200 ");
        CALLED.clear();
        assertRefused("GET /echo HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n" + SMUGGLED, 400, "BadRequest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-0",
                "+5",
                "5, 5",
                "5,6",
                "5 5",
                "0x5",
                "5;",
                "5.0",
                "1e1",
                "",
                "99999999999999999999",
                "9223372036854775808",
                "5\u0000",
                "\u00b2"
            })
    void aLengthThatIsNoNumberIsRefused(String length) throws IOException {
        assertRefused(post("Content-Length: " + length + "\r\n") + "abcde" + SMUGGLED, 400, "BadRequest");
    }

    @ParameterizedTest
    @CsvSource({"5,5", "5,0", "0,5", "5,50"})
    void twoLengthsAreRefusedEvenAlike(int first, int second) throws IOException {
        String lengths = "Content-Length: " + first + "\r\nContent-Length: " + second + "\r\n";
        assertRefused(post(lengths) + "abcde" + SMUGGLED, 400, "BadRequest");
    }

    @Test
    void refusesAnImpossibleContentLength() throws IOException {
        assertRefused(post("Content-Length: 9223372036854775807\r\n") + SMUGGLED, 413, "BodyTooLarge");
    }

    /** The connection ends; there is no answer, because the codec gives up the connection with the body. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "-1\r\n\r\n",
                "0x5\r\nabcde\r\n0\r\n\r\n",
                "5\r\nabcdeXX\r\n0\r\n\r\n",
                "5\r\nabcde0\r\n\r\n",
                "5\nabcde\n0\n\n",
                "5;\nabcde\r\n0\r\n\r\n",
                "5;a=\"\n\"\r\nabcde\r\n0\r\n\r\n",
                "5\r\n\r\nabcde\r\n0\r\n\r\n",
                "80000000\r\n",
                "ffffffffffffffff\r\n",
                "fffffffffffffffffffff\r\n",
                "\r\n",
                "0\r\nBad Trailer\r\n\r\n"
            })
    void malformedChunksEndTheConnection(String chunks) throws IOException {
        assertThat(RawConnection.exchange(server.url, post("Transfer-Encoding: chunked\r\n") + chunks + SMUGGLED))
                .isEmpty();
        assertThat(CALLED).isEmpty();
    }

    @Test
    void aTrailerChangesNothing() throws IOException {
        String chunks =
                "2\r\nok\r\n0\r\nContent-Length: 9\r\nAuthorization: Bearer x\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (RawConnection wire = RawConnection.open(server.url)) {
            wire.send(post("Transfer-Encoding: chunked\r\n") + chunks + "GET /echo?next HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(wire.answer())
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\nok")
                    .doesNotContain("Bearer");
            assertThat(wire.answer()).contains("\nnext\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /echo HTTP/1.1\nHost: h\n\n",
                "GET /echo HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: h\r\nX: a\nY: b\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: h\r\nX\u0000: a\r\n\r\n",
                "G\u0000ET /echo HTTP/1.1\r\nHost: h\r\n\r\n",
                "G{}T /heads HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: h\r\nX : y\r\n\r\n",
                "GET /echo HTTP/1.1\r\n Host: h\r\n\r\n",
                "GET /echo? x HTTP/1.1\r\nHost: h\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void aMalformedHeadEndsTheConnection(String head) throws IOException {
        assertRefused(head + SMUGGLED, 400, "BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo\u0000", "/echo?a\u0000b", "/echo?\u0007", "/\u007f", "http://h\u0001/echo"})
    void aTargetWithControlsIsRefused(String target) throws IOException {
        assertThat(RawConnection.exchange(
                        server.url, "GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .containsPattern("^HTTP/1.[01] 400 ");
        assertThat(CALLED).isEmpty();
    }

    @Test
    void answersRequestsBeforeAMalformedOneAndNoneAfterIt() throws IOException {
        String answers = RawConnection.exchange(
                server.url,
                "GET /echo?first HTTP/1.1\r\nHost: h\r\n\r\n"
                        + post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + LAST_CHUNK + SMUGGLED);
        assertThat(answers).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1 400 ");
        assertThat(CALLED).containsExactly("/echo?first");
    }

    @Test
    void aRefusedUpgradeIsAnOrdinaryRequest() throws IOException {
        for (String upgrade : List.of(
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Version: 13\r\n")) {
            assertThat(RawConnection.exchange(server.url, "GET /echo HTTP/1.1\r\nHost: h\r\n" + upgrade + "\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }
}
