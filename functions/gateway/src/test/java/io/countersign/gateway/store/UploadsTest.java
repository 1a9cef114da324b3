package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies that stream, and their clients: those that wait, are slow, leave, or send another body than they signed. */
class UploadsTest {
    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of("countersign.upstream.idle-timeout", "PT1S"));

    private static Client client;

    @BeforeAll
    static void start() {
        client = new Client(fixture.url());
    }

    @BeforeEach
    void answer() {
        fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), ""));
    }

    private static String put(String framing) {
        return "PUT /postbox/a.txt HTTP/1.1\r\nHost: " + fixture.url().substring(7) + "\r\n" + framing + "\r\n";
    }

    private static ScriptedStore.Received awaited() throws InterruptedException {
        for (int i = 0; i < 400 && fixture.store.received.isEmpty(); i++) {
            Thread.sleep(25);
        }
        return fixture.store.last();
    }

    @Test
    void aClientThatWaitsIsToldToGoOnAfterTheDecision() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            wire.send(put("Expect: 100-continue\r\nContent-Length: 5\r\n"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 100 ");
            assertThat(wire.send("hello").answer()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(fixture.store.last().body()).isEqualTo("hello");
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            wire.send(put("Expect: 100-continue\r\nContent-Length: 5\r\n").replace("/postbox/", "/publicbucket/"));
            assertThat(wire.answer()).startsWith("HTTP/1.1 403 ").contains("Connection: close");
        }
        assertThat(fixture.store.received).hasSize(1);
    }

    @Test
    void chunksStayChunks() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            assertThat(wire.send(put("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(fixture.store.last().body()).isEqualTo("hello world");
        assertThat(fixture.store.last().headers())
                .containsKey("transfer-encoding")
                .doesNotContainKey("content-length");
    }

    @Test
    void anEmptyObjectIsOne() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            assertThat(wire.send(put("Content-Length: 0\r\n")).answer()).startsWith("HTTP/1.1 200 ");
            assertThat(wire.send(put("")).answer()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(fixture.store.received)
                .hasSize(2)
                .allMatch(got -> got.header("content-length").equals("0"));
    }

    @Test
    void trailersEndTheUpload() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            String answer = wire.send(
                            put("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\nx-oss-meta-a: b\r\n\r\n")
                    .rest();
            assertThat(answer).doesNotContain("200");
        }
        Thread.sleep(300);
        assertThat(fixture.store.received).allMatch(got -> !got.whole());
        assertThat(RawConnection.exchange(
                        fixture.url(),
                        put("Transfer-Encoding: chunked\r\nTrailer: x-oss-meta-a\r\nConnection: close\r\n")
                                + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aClientThatLeavesMakesNoObject() throws Exception {
        for (boolean reset : new boolean[] {true, false}) {
            fixture.store.received.clear();
            RawConnection.leave(
                    fixture.url(),
                    (put("Content-Length: 1000\r\n") + "half").getBytes(StandardCharsets.US_ASCII),
                    reset);
            RawConnection.leave(
                    fixture.url(),
                    (put("Transfer-Encoding: chunked\r\n") + "4\r\nhalf\r\n").getBytes(StandardCharsets.US_ASCII),
                    reset);
            Thread.sleep(500);
            assertThat(fixture.store.received).allMatch(got -> !got.whole());
        }
    }

    @Test
    void aSlowClientIsToldAndItsUploadEnds() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            String answer =
                    wire.send(put("Content-Length: 100000\r\n") + "half").answer();
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("<Code>RequestTimeout</Code>");
        }
        assertThat(awaited().whole()).isFalse();
    }

    @Test
    void aBodyThatIsNotTheSignedOneMakesNoObject() throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("hello".getBytes(StandardCharsets.US_ASCII)));
        Map<String, String> signed = Map.of("x-oss-content-sha256", hash);
        assertThat(client.send("PUT", "/examplebucket/a.txt", signed, "hello")).startsWith("HTTP/1.1 200 ");
        assertThat(fixture.store.last().body()).isEqualTo("hello");
        assertThat(fixture.store.last().header("x-oss-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        fixture.store.received.clear();
        for (String body : new String[] {"hellO", "", "x".repeat(300_000)}) {
            assertThat(client.send("PUT", "/examplebucket/a.txt", signed, body))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("<Code>InvalidDigest</Code>");
        }
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            assertThat(wire.send(client.head("PUT", "/examplebucket/a.txt", signed, "Transfer-Encoding: chunked\r\n")
                                    + "5\r\nhellO\r\n0\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 400 ");
        }
        Thread.sleep(300);
        assertThat(fixture.store.received).allMatch(got -> !got.whole());
        assertThat(client.send("PUT", "/examplebucket/a.txt", Map.of("x-oss-content-sha256", "abc"), "hello"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(client.send(
                        "PUT",
                        "/examplebucket/a.txt",
                        Map.of("x-oss-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
                        "hello"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aConnectionIsUsedAgainAfterEachKindOfAnswer() throws Exception {
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.send(put("Content-Length: 5\r\n") + "hello").answer())
                        .startsWith("HTTP/1.1 200 ");
                assertThat(wire.send(put("Content-Length: 5\r\n").replace("/postbox/", "/publicbucket/") + "hello")
                                .answer())
                        .startsWith("HTTP/1.1 403 ");
                assertThat(wire.send("GET /postbox/a HTTP/1.1\r\nHost: "
                                        + fixture.url().substring(7) + "\r\n\r\n")
                                .answer())
                        .startsWith("HTTP/1.1 200 ");
            }
        }
        assertThat(fixture.store.connections.get()).isLessThan(20);
    }

    @Test
    void manyBytesPassInFlatMemory() throws Exception {
        long size = 256L << 20;
        byte[] piece = new byte[64 * 1024];
        long[] most = {0};
        Thread watch = Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                most[0] = Math.max(most[0], io.netty.util.internal.PlatformDependent.usedDirectMemory());
                try {
                    Thread.sleep(5);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        long before = io.netty.util.internal.PlatformDependent.usedDirectMemory();
        try (Socket wire = new Socket("127.0.0.1", URI.create(fixture.url()).getPort())) {
            wire.getOutputStream().write(put("Content-Length: " + size + "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (long sent = 0; sent < size; sent += piece.length) {
                wire.getOutputStream().write(piece);
            }
            assertThat(new String(wire.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
        watch.interrupt();
        assertThat(fixture.store.last().length()).isEqualTo(size);
        assertThat(most[0] - before).isLessThan(32L << 20);
    }
}
