package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process with a heap of 256 MiB, under more than that of bodies: it answers /health afterwards, or it has ended. */
class SmallHeapTest {
    private static final byte[] MIB = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

    private Process process;
    private String url = "";
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        url = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        process.destroyForcibly();
    }

    private Socket open() throws IOException {
        URI at = URI.create(url);
        Socket socket = new Socket(at.getHost(), at.getPort());
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return socket;
    }

    /** Whether it still answers, within a minute; a process that ended is restarted by whoever runs it. */
    private void answersOrHasEnded() throws InterruptedException {
        for (int i = 0; i < 60 && process.isAlive(); i++) {
            try {
                if (RawConnection.exchange(url, "GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                        .startsWith("HTTP/1.1 204 ")) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(1_000);
        }
        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Fatal.CODE);
    }

    private static String head(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + MIB.length
                + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void bodiesThatAreHalfSentTakeNoMoreThanTheirBudget() throws Exception {
        for (int i = 0; i < 400; i++) {
            Socket socket = open();
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(head("/large").getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(MIB, 0, MIB.length - 1);
                } catch (IOException e) {
                    // Refused before all of it was sent.
                }
            });
        }
        answersOrHasEnded();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void ofAHundredBatchesAtOnceSomeAreAnsweredAndTheOthersRefused() throws Exception {
        AtomicInteger served = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            Socket socket = open();
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(head("/large").getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(MIB);
                    String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    (status.endsWith("200") ? served : refused).addAndGet(status.matches(".* (200|503)") ? 1 : 0);
                } catch (IOException e) {
                    // The server closed a connection whose client was still sending.
                } finally {
                    all.countDown();
                }
            });
        }
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        answersOrHasEnded();
        assertThat(process.isAlive()).isTrue();
        assertThat(served.get()).isPositive();
    }
}
