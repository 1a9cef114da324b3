package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TrustedProxies;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal by the port has the error format of the requested endpoint. */
class EndpointRefusalTest {
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
    void anotherVerb() throws IOException {
        isOwn(ask("PUT /own HTTP/1.1\r\nHost: h\r\n"), "405 MethodNotAllowed");
    }

    @Test
    void aBodyThatIsTooLarge() throws IOException {
        isOwn(ask("POST /own HTTP/1.1\r\nHost: h\r\nContent-Length: 17\r\n", "x".repeat(17)), "413 BodyTooLarge");
        isOwn(
                ask("POST /own HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 17\r\n"),
                "413 BodyTooLarge");
    }

    @Test
    void aUrlThatIsTooLong() throws IOException {
        isOwn(ask("POST /own?" + "x".repeat(RequestLimits.URL) + " HTTP/1.1\r\nHost: h\r\n"), "414 UrlTooLong");
    }

    @ParameterizedTest
    @ValueSource(ints = {RequestLimits.HEADER_BLOCK, 3 * RequestLimits.HEADER_BLOCK})
    void headersThatAreTooLarge(int length) throws IOException {
        isOwn(ask("POST /own HTTP/1.1\r\nHost: h\r\nX-Long: " + "x".repeat(length) + "\r\n"), "431 HeadersTooLarge");
    }

    @Test
    void aBodyThatDoesNotCome() throws IOException {
        HttpSettings impatient = new HttpSettings(
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                new ConnectionBounds(64, 64, TrustedProxies.NONE),
                4,
                16,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
        try (TestServer slow = new TestServer(impatient, TestServer::echo)) {
            isOwn(
                    RawConnection.exchange(slow.url, "POST /own HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nx"),
                    "408 RequestTimeout");
        }
    }

    @Test
    void aFaceThatFails() throws IOException {
        try (TestServer failing = new TestServer((call, now) -> {
            throw new IllegalStateException("a failure of this test");
        })) {
            isOwn(
                    RawConnection.exchange(failing.url, "POST /own HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
                    "500 InternalError");
        }
    }

    @Test
    void otherFacesSpeakProblemJson() throws IOException {
        assertThat(ask("PUT /post HTTP/1.1\r\nHost: h\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("application/problem+json");
        assertThat(ask("POST /nowhere?" + "x".repeat(RequestLimits.URL) + " HTTP/1.1\r\nHost: h\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json");
    }

    private static String ask(String head) throws IOException {
        return ask(head, "");
    }

    private static String ask(String head, String body) throws IOException {
        return RawConnection.exchange(server.url, head + "Connection: close\r\n\r\n" + body);
    }

    private static void isOwn(String answer, String refusal) {
        assertThat(answer).containsPattern("^HTTP/1.[01] 200 ").endsWith("\r\n\r\nown " + refusal);
    }
}
