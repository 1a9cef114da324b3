package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code infra/observability}, by Prometheus itself. */
@Tag("nginx")
class PrometheusIT {
    private static final String TOKEN = "a-token-of-this-test";
    private static final int CALLS = 12;
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                buckets: [{name: photos, region: cn-hangzhou, acl: public-read}]
            """;

    @TempDir
    Path directory;

    private final ProcessSettings settings = new ProcessSettings();

    @AfterEach
    void reset() {
        settings.close();
    }

    @Test
    void theFilesAreSoundAndTheAlertsFire() throws Exception {
        Prometheus.prepare(directory, "127.0.0.1:1", TOKEN);
        assertThat(Prometheus.promtool(directory, "check", "config", "prometheus.yaml"))
                .contains("SUCCESS");
        assertThat(Prometheus.promtool(directory, "check", "rules", "alerts.yaml"))
                .contains("8 rules found");
        assertThat(Prometheus.promtool(directory, "test", "rules", "alerts.test.yaml"))
                .contains("SUCCESS");
    }

    @Test
    void aGatewayIsScrapedWithItsToken() throws Exception {
        tokens();
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        try (LiveGateway gateway = new LiveGateway(manifest, directory.resolve("data"), InstantSource.system())) {
            for (int i = 0; i < CALLS; i++) {
                call(gateway.url() + "/token");
            }
            Prometheus.prepare(directory, gateway.authority(), TOKEN);
            try (Prometheus prometheus = new Prometheus(directory, freePort())) {
                await(prometheus, "up{job=\"countersign\"} == 1");
                await(prometheus, "sum(countersign_decisions_total{face=\"/token\"}) == " + CALLS);
                await(prometheus, "countersign_keys_due >= 0");
                for (String query : dashboard()) {
                    assertThat(prometheus.query(query)).as(query).contains("\"status\":\"success\"");
                }
            }
        }
    }

    private void tokens() throws Exception {
        Path file = Files.writeString(
                directory.resolve("tokens"), "prometheus /metrics " + PrivateTokens.sha256(TOKEN) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        settings.set("countersign.private.tokens", file.toString());
    }

    private static void call(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until a query has a result. */
    private static void await(Prometheus prometheus, String query) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        String answer = prometheus.query(query);
        while (!answer.contains("\"value\":[")) {
            assertThat(Instant.now()).as(query + "\n" + answer).isBefore(end);
            Thread.sleep(200);
            answer = prometheus.query(query);
        }
    }

    /** The queries of the dashboard, with its variables as Grafana fills them in. */
    private static List<String> dashboard() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Prometheus.INFRA.resolve("dashboard.json").toFile());
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                queries.add(target.get("expr")
                        .asText()
                        .replace("$__rate_interval", "1m")
                        .replace("$instance", ".*"));
            }
        }
        assertThat(queries).hasSizeGreaterThan(10);
        return queries;
    }
}
