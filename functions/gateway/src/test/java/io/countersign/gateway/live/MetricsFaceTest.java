package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} and the health checks of a running gateway. */
class MetricsFaceTest {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: uploader
                    accessKeys: [{}]
                buckets: [{name: photos, region: cn-hangzhou, acl: public-read}]
            """;
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final List<String> RUNTIME = List.of(
            "jvm_memory_used_bytes",
            "jvm_gc_collection_seconds_count",
            "jvm_threads_current",
            "process_cpu_seconds_total",
            "process_open_fds",
            "countersign_build_info");

    @TempDir
    Path directory;

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private LiveGateway gateway;

    @BeforeEach
    void serve() throws Exception {
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        gateway = new LiveGateway(manifest, directory.resolve("data"), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Response get(String path) {
        return given().baseUri(gateway.url()).get(path);
    }

    /** The samples of a scrape by their names and labels. */
    private Map<String, Double> samples() {
        Map<String, Double> samples = new TreeMap<>();
        get("/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    Matcher sample = SAMPLE.matcher(line);
                    assertThat(sample.matches()).as(line).isTrue();
                    String labels = sample.group(2) == null ? "" : "{" + sample.group(2) + "}";
                    samples.put(sample.group(1) + labels, Double.parseDouble(sample.group(3)));
                });
        return samples;
    }

    private void verify(String bucket) {
        given().baseUri(gateway.url())
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "method", "GET", "url", "http://" + bucket + ".oss-cn-hangzhou.aliyuncs.com/secret-name.jpg"))
                .post("/verify")
                .then()
                .statusCode(200);
    }

    @Test
    void everyDecisionIsCountedOnce() {
        for (int i = 0; i < 7; i++) {
            verify("photos");
        }
        for (int i = 0; i < 3; i++) {
            verify("missing-bucket");
        }
        for (int i = 0; i < 5; i++) {
            get("/token").then().body("ErrorCode", equalTo("MissingToken"));
        }
        get("/no-such-path\"?code=\"x").then().statusCode(404);
        get("/health").then().statusCode(200);
        Map<String, Double> samples = samples();
        assertThat(samples)
                .containsEntry("countersign_decisions_total{code=\"OK\",face=\"/verify\",outcome=\"allowed\"}", 7.0)
                .containsEntry(
                        "countersign_decisions_total{code=\"NoSuchBucket\",face=\"/verify\",outcome=\"refused\"}", 3.0)
                .containsEntry("countersign_decision_seconds_count{face=\"/verify\"}", 10.0)
                .containsEntry("countersign_decision_seconds_count{face=\"/token\"}", 5.0)
                .containsEntry("countersign_decisions_total{code=\"NotFound\",face=\"none\",outcome=\"refused\"}", 1.0);
        double all = samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith("countersign_decisions_total{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        assertThat(all).isEqualTo(16.0);
        assertThat(samples.get("countersign_cache_hits_total") + samples.get("countersign_cache_misses_total"))
                .isGreaterThanOrEqualTo(10.0);
        assertThat(samples.get("countersign_cache_misses_total")).isGreaterThanOrEqualTo(2.0);
        assertThat(samples.get("countersign_store_seconds_count")).isPositive();
        assertThat(samples.keySet())
                .noneMatch(name -> name.contains("photos")
                        || name.contains("missing-bucket")
                        || name.contains("secret-name")
                        || name.contains("uploader")
                        || name.contains("127.0.0.1"));
    }

    @Test
    void theRuntimeAndTheRegistryAreTold() throws Exception {
        Map<String, Double> samples = samples();
        for (int i = 0; i < 100 && !samples.containsKey("countersign_keys_due"); i++) {
            Thread.sleep(50);
            samples = samples();
        }
        Map<String, Double> told = samples;
        assertThat(RUNTIME).allSatisfy(name -> assertThat(told.keySet()).anyMatch(sample -> sample.startsWith(name)));
        assertThat(told)
                .containsEntry("countersign_keys{status=\"Active\"}", 1.0)
                .containsEntry("countersign_keys{status=\"Retiring\"}", 0.0)
                .containsEntry("countersign_keys{status=\"Inactive\"}", 0.0)
                .containsKey("countersign_keys_due")
                .containsKey("countersign_events_waiting")
                .containsEntry("countersign_decision_log_lost_total", 0.0)
                .containsEntry("countersign_census_timestamp_seconds", (double) NOW.getEpochSecond());
    }

    @Test
    void theFormFollowsAccept() {
        get("/metrics")
                .then()
                .header("Content-Type", equalTo("text/plain; version=0.0.4; charset=utf-8"))
                .header("Cache-Control", "no-store");
        given().baseUri(gateway.url())
                .accept("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5")
                .get("/metrics")
                .then()
                .header("Content-Type", containsString("application/openmetrics-text"))
                .body(containsString("# EOF"));
        given().baseUri(gateway.url()).post("/metrics").then().statusCode(405).header("Allow", "GET, HEAD");
        given().baseUri(gateway.url()).head("/metrics").then().statusCode(200);
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        given().baseUri(gateway.url())
                .header("Host", "attacker.example")
                .get("/metrics")
                .then()
                .statusCode(421);
        given().baseUri(gateway.url())
                .header("Origin", "http://attacker.example")
                .get("/metrics")
                .then()
                .statusCode(403);
    }

    @Test
    void healthChecksTellTheProcessFromTheRegistry() throws Exception {
        for (String path : List.of("/health", "/health/ready", "/health/live")) {
            get(path).then().statusCode(200).body("status", equalTo("UP"));
        }
        Files.delete(directory.resolve("data/registry.db"));
        get("/health").then().statusCode(503).body("status", equalTo("DOWN"));
        get("/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
        get("/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }
}
