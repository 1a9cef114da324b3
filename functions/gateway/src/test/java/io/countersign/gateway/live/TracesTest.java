package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.countersign.gateway.cli.CommandFailure;
import io.countersign.gateway.traces.DecisionSpans;
import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans at a collector of OTLP. Its messages are protobuf, which has texts and ids as they are. */
class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";

    @TempDir
    Path directory;

    private final ProcessSettings settings = new ProcessSettings();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch hold = new CountDownLatch(1);
    private HttpServer collector;
    private boolean slow;

    @BeforeEach
    void collect() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
        collector.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (slow) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            received.add(new String(body, StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        settings.set(
                "countersign.otel.endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    @AfterEach
    void end() {
        hold.countDown();
        collector.stop(0);
        settings.close();
    }

    private LiveGateway serve() throws Exception {
        Path manifest =
                Files.writeString(directory.resolve("manifest.yaml"), "accounts: [{id: \"1234567890123456\"}]\n");
        return new LiveGateway(manifest, directory.resolve("data"), InstantSource.system());
    }

    private static void call(LiveGateway gateway, String... traceparents) {
        given().baseUri(gateway.url())
                .header("Authorization", "Bearer secret-token")
                .header("tracestate", "vendor=secret-state")
                .header("traceparent", traceparents.length == 0 ? "none" : traceparents[0], (Object[])
                        tail(traceparents))
                .queryParam("policy", "secret-query")
                .get("/token");
    }

    private static String[] tail(String... all) {
        return all.length < 2 ? new String[0] : java.util.Arrays.copyOfRange(all, 1, all.length);
    }

    /** Everything received, after the gateway has ended and sent what was left. */
    private String spans() {
        return String.join("", received);
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aSpanContinuesTheTraceOfATrustedProxyAndHasNoSecret() throws Exception {
        settings.set("countersign.trusted-proxies", "127.0.0.1");
        try (LiveGateway gateway = serve()) {
            call(gateway, SAMPLED);
        }
        assertThat(spans())
                .contains(bytes(TRACE), bytes(PARENT))
                .contains(
                        "/token",
                        "http.route",
                        "countersign.outcome",
                        "refused",
                        "countersign.code",
                        "InvalidParameter")
                .doesNotContain("secret-token", "secret-state", "secret-query", "127.0.0.1");
    }

    @Test
    void aStrangersTraceparentIsNotTakenUp() throws Exception {
        try (LiveGateway gateway = serve()) {
            call(gateway, SAMPLED);
        }
        assertThat(spans()).contains("/token").doesNotContain(bytes(TRACE)).doesNotContain(bytes(PARENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE + "-" + PARENT, "ff-" + TRACE + "-" + PARENT + "-01", "00-zz-yy-01"})
    void aMalformedTraceparentBeginsATraceOfItsOwn(String traceparent) throws Exception {
        settings.set("countersign.trusted-proxies", "127.0.0.1");
        try (LiveGateway gateway = serve()) {
            call(gateway, traceparent);
            call(gateway, SAMPLED, SAMPLED);
        }
        assertThat(spans()).contains("/token").doesNotContain(bytes(TRACE));
    }

    @Test
    void theProxyDecidesWhetherThereIsASpan() throws Exception {
        settings.set("countersign.trusted-proxies", "127.0.0.1");
        try (LiveGateway gateway = serve()) {
            call(gateway, "00-" + TRACE + "-" + PARENT + "-00");
        }
        assertThat(received).isEmpty();
    }

    /** More decisions than the queue holds. */
    @Test
    void aCollectorThatHangsHoldsNothingUp() throws Exception {
        slow = true;
        URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
        DecisionRecord decision = DecisionRecord.of(
                Instant.now(), "id", "/auth", Reply.empty(200), List.of(), Optional.of("192.0.2.1"), 1_000);
        Duration took;
        Instant end;
        try (DecisionSpans spans = DecisionSpans.to(endpoint, TrustedProxies.NONE, "test")) {
            Instant start = Instant.now();
            for (int i = 0; i < 100_000; i++) {
                spans.tell(decision);
            }
            end = Instant.now();
            took = Duration.between(start, end);
        }
        assertThat(took).isLessThan(Duration.ofSeconds(20));
        assertThat(Duration.between(end, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://collector.example:4318",
                "ftp://127.0.0.1",
                "https://user@collector.example",
                "https://collector.example/?key=secret",
                "https://"
            })
    void aCollectorIsReachedSafely(String url) {
        settings.set("countersign.otel.endpoint", url);
        assertThatThrownBy(this::serve)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("countersign.otel.endpoint");
    }
}
