package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TrustedProxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input without end is cut off or not read any further, and what it leaves behind is small. */
class FloodTest {
    /** The length of a flood in bytes. The kernel's buffers on both sides hold a few million of them. */
    private static final long FLOOD = 128L << 20;

    private static final long SWALLOWED_AT_MOST = 24L << 20;

    /** Bytes that the process may have grown by. */
    private static final long LEFT_BEHIND_AT_MOST = 48L << 20;

    private static final HttpSettings SETTINGS = new HttpSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            new ConnectionBounds(64, 64, TrustedProxies.NONE),
            4,
            16,
            Duration.ZERO,
            TrustedProxies.NONE,
            Duration.ofMinutes(1));
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(SETTINGS, TestServer::echo);
        answers();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'',GET /echo HTTP/1.1~Host: h~~",
        "'',GET /nowhere HTTP/1.1~Host: h~~",
        "'',POST /post HTTP/1.1~Host: h~Content-Length: 2~~ok",
        "'',~",
        "'',x",
        "GET /,a",
        "GET /echo HTTP/1.1~,a: b~",
        "GET /echo HTTP/1.1~,a~",
        "GET /echo HTTP/1.1~a: ,b",
        "GET /echo HTTP/1.1~a: b~, c~",
        "POST /post HTTP/1.1~Host: h~Content-Length: 99999999999~~,x",
        "POST /nowhere HTTP/1.1~Host: h~Content-Length: 99999999999~~,x",
        "POST /heads HTTP/1.1~Host: h~Content-Length: 99999999999~~,x",
        "POST /post HTTP/1.1~Host: h~Transfer-Encoding: chunked~~,1~a~",
        "POST /post HTTP/1.1~Host: h~Transfer-Encoding: chunked~~1;,x",
        "POST /post HTTP/1.1~Host: h~Transfer-Encoding: chunked~~,0",
        "POST /post HTTP/1.1~Host: h~Transfer-Encoding: chunked~~0~,x: y~",
        "GET /echo HTTP/2.0~~,x"
    })
    void doesNotReadAnEndlessRequest(String head, String piece) throws Exception {
        long before = inUse();
        try (SocketChannel flood = connect()) {
            long sent = send(flood, head.replace("~", "\r\n"), piece.replace("~", "\r\n"));
            assertThat(sent).isLessThan(SWALLOWED_AT_MOST);
            assertThat(inUse() - before).isLessThan(LEFT_BEHIND_AT_MOST);
            answers();
        }
    }

    /** A byte at a time is never silence, and never whole. */
    @Test
    void aHeadThatComesByteByByteIsCutOffLongBeforeItsBound() throws Exception {
        HttpSettings impatient = new HttpSettings(
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                new ConnectionBounds(64, 64, TrustedProxies.NONE),
                4,
                16,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
        try (TestServer hasty = new TestServer(impatient, TestServer::echo);
                RawConnection wire = RawConnection.open(hasty.url)) {
            wire.send("GET /echo HTTP/1.1\r\nX: ");
            int drips = 0;
            while (drips < RequestLimits.HEADER_BLOCK && wire.drip('a')) {
                drips++;
            }
            assertThat(drips).isLessThan(RequestLimits.HEADER_BLOCK);
        }
    }

    @Test
    void clientsThatGoAwayLeaveNoConnectionBehind() throws Exception {
        String[] beginnings = {
            "",
            "GET /ec",
            "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /post HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab",
            "POST /post HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "POST /nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n",
            "nonsense\r\n\r\n"
        };
        // Many more than may be open at once: a connection that were not given back would soon be missed.
        for (int i = 0; i < 8 * SETTINGS.connections().all(); i++) {
            URI at = URI.create(server.url);
            try (Socket socket = new Socket(at.getHost(), at.getPort())) {
                if (i % 2 == 0) {
                    socket.setSoLinger(true, 0);
                }
                socket.getOutputStream().write(beginnings[i % beginnings.length].getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // The server was full of those just left, and closed this one first.
            }
        }
        answers();
    }

    /** Waits until it is served: connections just left take a moment to be given back. */
    private static void answers() throws IOException {
        String answer = "";
        while (answer.isEmpty()) {
            try {
                answer = RawConnection.exchange(
                        server.url, "GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            } catch (IOException e) {
                answer = "";
            }
        }
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    private static SocketChannel connect() throws IOException {
        URI at = URI.create(server.url);
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(at.getHost(), at.getPort()));
        channel.configureBlocking(false);
        return channel;
    }

    /** Bytes that went out before the server closed the connection or, for long, took no more. */
    private static long send(SocketChannel channel, String head, String piece) throws InterruptedException {
        byte[] pieces = piece.repeat(Math.max(1, 65_536 / piece.length())).getBytes(StandardCharsets.ISO_8859_1);
        long sent = 0;
        int refused = 0;
        ByteBuffer next = ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
        try {
            while (sent < FLOOD && refused < 100) {
                int taken = channel.write(next);
                sent += taken;
                if (!next.hasRemaining()) {
                    next = ByteBuffer.wrap(pieces);
                } else if (taken == 0) {
                    refused++;
                    Thread.sleep(10);
                } else {
                    refused = 0;
                }
            }
        } catch (IOException e) {
            // Closed by the server.
        }
        return sent;
    }

    private static long inUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + io.netty.util.internal.PlatformDependent.usedDirectMemory();
    }
}
