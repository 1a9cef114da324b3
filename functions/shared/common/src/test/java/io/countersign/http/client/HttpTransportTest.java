package io.countersign.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.countersign.http.Header;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    HttpTransportTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void bodyAndHeadersAreSentAndTheAnswerIsBrought() throws Exception {
        answers(exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            byte[] bytes = (exchange.getRequestMethod() + " "
                            + exchange.getRequestHeaders().getFirst("x-acs-action") + " " + sent + " é")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(409, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        Transport.Answer answer =
                new Transport.HttpTransport().post(uri(), List.of(new Header("x-acs-action", "Look")), "a=b", PATIENCE);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("POST Look a=b é");
        assertThat(answer.date()).isPresent();
        assertThat(answer.toString()).isEqualTo("Answer[409]");
    }

    @Test
    void aRedirectIsAnAnswerLikeAnother() throws Exception {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Location", uri() + "elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        assertThat(post(PATIENCE).status()).isEqualTo(307);
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        assertThatThrownBy(() -> post(Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no answer came within 300 ms");
    }

    @Test
    void anAnswerThatIsTooLargeIsNone() throws Exception {
        byte[] large = new byte[Transport.HttpTransport.MAX_BYTES + 1];
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write(large, 0, exchange.getRequestURI().getPath().equals("/") ? large.length : large.length - 1);
            exchange.close();
        });
        assertThatThrownBy(() -> post(PATIENCE)).isInstanceOf(IOException.class);
        assertThat(new Transport.HttpTransport()
                        .post(uri().resolve("/most"), List.of(), "", PATIENCE)
                        .body())
                .hasSize(Transport.HttpTransport.MAX_BYTES);
    }

    @Test
    void reportsAClosedPort() throws Exception {
        try (Socket bound = Ports.refusing()) {
            URI nobody = URI.create("http://127.0.0.1:" + bound.getLocalPort() + "/");
            assertThatThrownBy(() -> new Transport.HttpTransport().post(nobody, List.of(), "", PATIENCE))
                    .isInstanceOf(IOException.class);
        }
    }

    private void answers(HttpHandler handler) {
        server.createContext("/", handler);
    }

    private Transport.Answer post(Duration timeout) throws IOException {
        return new Transport.HttpTransport().post(uri(), List.of(), "", timeout);
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
