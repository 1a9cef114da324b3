package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String APP = "https://app.example.com";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin: ";
    private static final Cors CORS = new Cors(Set.of(APP, "http://localhost:3000"), Set.of("/post", "/absent"));

    private static TestServer server;
    private static TestServer closed;

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(CORS, (call, now) -> Reply.json(200, "{}"));
        closed = new TestServer((call, now) -> Reply.json(200, "{}"));
    }

    @AfterAll
    static void stop() {
        server.close();
        closed.close();
    }

    private static String exchange(TestServer at, String head) throws IOException {
        return RawConnection.exchange(at.url, (head + "Host: h\nConnection: close\n\n").replace("\n", "\r\n"));
    }

    private static String preflight(TestServer at, String path, String origin) throws IOException {
        return exchange(
                at,
                "OPTIONS " + path + " HTTP/1.1\nOrigin: " + origin
                        + "\nAccess-Control-Request-Method: POST\nAccess-Control-Request-Headers: authorization,content-type\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {APP, "http://localhost:3000"})
    void aPreflightFromAListedOriginIsAnsweredWithoutTheFace(String origin) throws IOException {
        assertThat(preflight(server, "/post", origin))
                .startsWith("HTTP/1.1 204 ")
                .containsOnlyOnce(ALLOW_ORIGIN + origin + "\r\n")
                .containsOnlyOnce("Vary: Origin\r\n")
                .contains(
                        "Access-Control-Allow-Methods: POST\r\n",
                        "Access-Control-Allow-Headers: Authorization, Content-Type\r\n",
                        "Access-Control-Max-Age: 600\r\n")
                .doesNotContain("Credentials", "*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil.example",
                "https://evil.example",
                "http://app.example.com",
                "https://APP.example.com",
                "https://app.example.com/",
                "https://app.example.com:443",
                "https://sub.app.example.com",
                "https://app.example.com,https://evil.example",
                "null",
                "*"
            })
    void anyOtherOriginIsAllowedNothing(String origin) throws IOException {
        assertThat(preflight(server, "/post", origin))
                .startsWith("HTTP/1.1 403 ")
                .contains("\"code\":\"OriginNotAllowed\"", "Vary: Origin\r\n")
                .doesNotContain("Access-Control-");
        assertThat(exchange(server, "POST /post HTTP/1.1\nContent-Length: 0\nOrigin: " + origin + "\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("Vary: Origin\r\n")
                .doesNotContain("Access-Control-");
    }

    @Test
    void twoOriginsAreNone() throws IOException {
        String two = "Origin: " + APP + "\nOrigin: " + APP + "\n";
        assertThat(exchange(server, "OPTIONS /post HTTP/1.1\nAccess-Control-Request-Method: POST\n" + two))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContain("Access-Control-");
        assertThat(exchange(server, "POST /post HTTP/1.1\nContent-Length: 0\n" + two))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("Access-Control-");
    }

    @Test
    void anAnswerNamesTheOriginThatMayReadIt() throws IOException {
        assertThat(exchange(server, "POST /post HTTP/1.1\nContent-Length: 0\nOrigin: " + APP + "\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains(
                        ALLOW_ORIGIN + APP + "\r\n",
                        "Vary: Origin\r\n",
                        "Access-Control-Expose-Headers: X-Request-Id, Retry-After\r\n");
        assertThat(exchange(server, "POST /post HTTP/1.1\nContent-Length: 0\n"))
                .contains("Vary: Origin\r\n")
                .doesNotContain("Access-Control-");
    }

    @Test
    void aPageMayReadWhyItWasRefused() throws IOException {
        String tooLarge = "POST /post HTTP/1.1\nContent-Length: 17\nExpect: 100-continue\nOrigin: " + APP + "\n";
        assertThat(exchange(server, tooLarge)).startsWith("HTTP/1.1 413 ").contains(ALLOW_ORIGIN + APP + "\r\n");
        assertThat(exchange(server, "PUT /post HTTP/1.1\nOrigin: " + APP + "\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains(ALLOW_ORIGIN + APP + "\r\n");
        assertThat(exchange(server, "POST /post?" + "a".repeat(9000) + " HTTP/1.1\nOrigin: " + APP + "\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains(ALLOW_ORIGIN + APP + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/nowhere", "/post/", "/POST"})
    void sendsNoCorsHeadersToAnUnlistedOrigin(String path) throws IOException {
        assertThat(preflight(server, path, APP))
                .containsPattern("^HTTP/1.1 40[45] ")
                .doesNotContain("Access-Control-", "Vary");
    }

    @Test
    void optionsThatAskNothingAreAnyOtherVerb() throws IOException {
        assertThat(exchange(server, "OPTIONS /post HTTP/1.1\nOrigin: " + APP + "\n"))
                .startsWith("HTTP/1.1 405 ");
        assertThat(exchange(server, "OPTIONS /post HTTP/1.1\nAccess-Control-Request-Method: POST\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void withoutListedOriginsNothingIsSaid() throws IOException {
        assertThat(preflight(closed, "/post", APP))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContain("Access-Control-", "Vary");
    }

    @Test
    void aTreeCoversWhatIsBelowIt() {
        Cors trees = new Cors(Set.of(APP), Set.of("/uploads/"));
        assertThat(trees.headers("/uploads/avatar/s3/params", List.of(APP))).hasSize(3);
        for (String other : List.of("/uploads", "/upload/avatar", "/other/uploads/avatar", "/")) {
            assertThat(trees.headers(other, List.of(APP))).as(other).isEmpty();
        }
    }
}
