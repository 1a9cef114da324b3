package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpJwksFetcherTest {
    private final JwksFetcher fetcher = new JwksFetcher.HttpJwksFetcher();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger elsewhere = new AtomicInteger();
    private HttpServer server;

    /** The first request of a process takes longest, and two seconds are the bound of each. */
    @BeforeAll
    static void warmUp() {
        try {
            new JwksFetcher.HttpJwksFetcher().fetch(URI.create("http://127.0.0.1:1/jwks"));
        } catch (IOException e) {
            // Nothing answers there.
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.stop(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aKeySetIsRead() throws IOException {
        server.createContext("/jwks", exchange -> answer(exchange, 200, bytes("{\"keys\":[]}")));
        assertThat(fetcher.fetch(uri("/jwks"))).asString(StandardCharsets.UTF_8).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, 200, bytes("{\"keys\":[]}"));
        });
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, new byte[0]);
        });
        assertThatThrownBy(() -> fetcher.fetch(uri("/jwks"))).isInstanceOf(IOException.class);
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void anErrorIsNoKeySet() {
        server.createContext("/jwks", exchange -> answer(exchange, 500, bytes("{\"keys\":[]}")));
        assertThatThrownBy(() -> fetcher.fetch(uri("/jwks"))).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyOf256KibibytesIsReadAndAByteMoreIsNot() throws IOException {
        server.createContext(
                "/full", exchange -> answer(exchange, 200, new byte[JwksFetcher.HttpJwksFetcher.MAX_BYTES]));
        server.createContext(
                "/more", exchange -> answer(exchange, 200, new byte[JwksFetcher.HttpJwksFetcher.MAX_BYTES + 1]));
        assertThat(fetcher.fetch(uri("/full"))).hasSize(256 * 1024);
        assertThatThrownBy(() -> fetcher.fetch(uri("/more"))).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() {
        server.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> fetcher.fetch(uri("/jwks")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2000 ms");
    }

    @Test
    void failsWhenThePortIsClosed() {
        URI gone = uri("/jwks");
        server.stop(0);
        assertThatThrownBy(() -> fetcher.fetch(gone)).isInstanceOf(IOException.class);
    }

    @Test
    void anAddressThatIsNotAllowedIsNotAsked() {
        assertThatThrownBy(() -> fetcher.fetch(URI.create("https://169.254.169.254/latest")))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage(
                        "the key set's host has a private or special address; use a public one, or write the keys into the manifest (jwks)");
    }
}
