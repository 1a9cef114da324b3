package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.countersign.gateway.server.RawConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A store or a client that reads nothing of what was written to it keeps neither a connection nor the stop of the server. */
class UnreadTest {
    /** More than the buffers of both sockets take. */
    private static final int SIZE = 64 << 20;

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aStoreThatReadsNothingDoesNotHoldUpTheStop() throws Exception {
        StoreFixture fixture = StoreFixture.started(Map.of("countersign.drain", "0"));
        try (ScriptedStore store = fixture.store) {
            store.reading(false);
            try (Socket client = upload(fixture)) {
                await().until(() -> store.connections.get() > 0);
                assertTimeoutPreemptively(SOON, fixture::close);
            }
        }
    }

    @Test
    void aClientThatReadsNothingDoesNotHoldUpTheStop() throws Exception {
        StoreFixture fixture = StoreFixture.started(Map.of("countersign.drain", "0"));
        fixture.store.answering(UnreadTest::sayObject);
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                clients.add(download(fixture));
            }
            await().until(() -> fixture.store.received.size() == 8);
            assertTimeoutPreemptively(Duration.ofSeconds(5), fixture.gateway::close);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            fixture.close();
        }
    }

    @Test
    void theConnectionToAStoreThatTookNoMoreIsGivenUp() throws Exception {
        // One connection for each of the two event loops at most.
        try (StoreFixture fixture = StoreFixture.started(Map.of(
                "countersign.upstream.idle-timeout",
                "PT1S",
                "countersign.upstream.connect-timeout",
                "PT1S",
                "countersign.upstream.max-connections",
                "1"))) {
            fixture.store.reading(false);
            for (int i = 0; i < 4; i++) {
                try (Socket client = upload(fixture)) {
                    assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                            .isEqualTo("HTTP/1.1 503");
                }
            }
            fixture.store.reading(true);
            fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), "object"));
            for (int i = 0; i < 4; i++) {
                try (RawConnection wire = RawConnection.open(fixture.url())) {
                    assertThat(wire.send("GET /publicbucket/a.txt HTTP/1.1\r\nHost: " + host(fixture) + "\r\n\r\n")
                                    .answer())
                            .endsWith("object");
                }
            }
        }
    }

    @Test
    void theConnectionOfAClientThatReadsNothingIsClosed() throws Exception {
        try (StoreFixture fixture = StoreFixture.started(Map.of("countersign.upstream.idle-timeout", "PT1S"))) {
            fixture.store.answering(UnreadTest::sayObject);
            try (Socket client = download(fixture)) {
                await().until(() -> fixture.store.received.size() == 1);
                // The kernel answers with a reset what comes for a connection that is closed.
                await().until(() -> isReset(client));
            }
        }
    }

    /** In pieces: many of these are under way at once. */
    private static void sayObject(ScriptedStore.Received request, Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: " + SIZE + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] piece = new byte[64 * 1024];
        for (int sent = 0; sent < SIZE; sent += piece.length) {
            out.write(piece);
        }
    }

    private static Socket upload(StoreFixture fixture) throws IOException {
        Socket client =
                send(fixture, "PUT /postbox/a.txt HTTP/1.1\r\nHost: HOST\r\nContent-Length: " + SIZE + "\r\n\r\n");
        Thread.ofVirtual().start(() -> {
            try {
                byte[] piece = new byte[64 * 1024];
                for (int sent = 0; sent < SIZE; sent += piece.length) {
                    client.getOutputStream().write(piece);
                }
            } catch (IOException e) {
                // The gateway has closed the connection.
            }
        });
        return client;
    }

    private static Socket download(StoreFixture fixture) throws IOException {
        return send(fixture, "GET /publicbucket/a.txt HTTP/1.1\r\nHost: HOST\r\n\r\n");
    }

    private static Socket send(StoreFixture fixture, String head) throws IOException {
        Socket client = new Socket("127.0.0.1", URI.create(fixture.url()).getPort());
        client.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        client.getOutputStream().write(head.replace("HOST", host(fixture)).getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static boolean isReset(Socket client) {
        try {
            client.getOutputStream().write('G');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String host(StoreFixture fixture) {
        return fixture.url().substring(7);
    }
}
