package io.countersign.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.DecisionFacts;
import io.countersign.http.Reply;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DecisionMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String HOSTILE = "a\"b\\c\nd{face=\"/auth\"}";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final DecisionMetrics metrics = new DecisionMetrics(registry);

    private void tell(String face, Reply reply, long nanos) {
        metrics.tell(DecisionRecord.of(NOW, "id", face, reply, List.of(), Optional.of("192.0.2.1"), nanos));
    }

    private String text() {
        Call call = new Call("GET", "/metrics", Optional.empty(), List.of(), Bytes.EMPTY, "127.0.0.1", false);
        return new String(new MetricsEndpoint(registry).handle(call, NOW).body().toArray(), StandardCharsets.UTF_8);
    }

    private static Reply signed(Reply reply, String version) {
        return reply.about(new DecisionFacts() {
            @Override
            public boolean judged() {
                return true;
            }

            @Override
            public Optional<String> signatureVersion() {
                return Optional.of(version);
            }
        });
    }

    @Test
    void aDecisionIsCountedByFaceOutcomeAndCode() {
        tell("/token", Reply.empty(200), 2_000_000);
        tell("/token", Reply.json(200, "{}").refusing("InvalidToken"), 2_000_000);
        tell("/auth", Reply.empty(403).refusing("AccessDenied"), 2_000_000);
        tell("/auth", Reply.empty(503).refusing("Unavailable"), 2_000_000);
        assertThat(text())
                .contains("countersign_decisions_total{code=\"OK\",face=\"/token\",outcome=\"allowed\"} 1.0\n")
                .contains(
                        "countersign_decisions_total{code=\"InvalidToken\",face=\"/token\",outcome=\"refused\"} 1.0\n")
                .contains("countersign_decisions_total{code=\"AccessDenied\",face=\"/auth\",outcome=\"refused\"} 1.0\n")
                .contains("countersign_decisions_total{code=\"Unavailable\",face=\"/auth\",outcome=\"failed\"} 1.0\n")
                .contains("countersign_decision_seconds_bucket{face=\"/token\",le=\"0.001\"} 0\n")
                .contains("countersign_decision_seconds_bucket{face=\"/token\",le=\"0.0025\"} 2\n")
                .contains("countersign_decision_seconds_count{face=\"/auth\"} 2\n");
    }

    @Test
    void aTextThatIsNoCodeBecomesOneWord() {
        for (int i = 0; i < 10_000; i++) {
            tell("/auth", Reply.empty(403).refusing(HOSTILE + i), 1);
            tell("/auth", Reply.empty(403).refusing("Invented" + i), 1);
        }
        assertThat(text())
                .contains("countersign_decisions_total{code=\"Other\",face=\"/auth\",outcome=\"refused\"} 20000.0\n")
                .doesNotContain("Invented")
                .doesNotContain("a\\\"b");
    }

    @Test
    void facesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            tell("/face" + i, Reply.empty(200), 1);
        }
        assertThat(text().lines().filter(line -> line.startsWith("countersign_decisions_total{")))
                .hasSize(65)
                .contains("countersign_decisions_total{code=\"OK\",face=\"other\",outcome=\"allowed\"} 936.0");
    }

    @Test
    void signaturesAreCountedByVersion() {
        tell("/auth", signed(Reply.empty(200), "V4"), 1);
        tell("/auth", signed(Reply.empty(403).refusing("SignatureDoesNotMatch"), "V4"), 1);
        tell("/auth", signed(Reply.empty(200), HOSTILE), 1);
        assertThat(text())
                .contains("countersign_signatures_total{version=\"V1\"} 0.0\n")
                .contains("countersign_signatures_total{version=\"V2\"} 0.0\n")
                .contains("countersign_signatures_total{version=\"V4\"} 2.0\n")
                .doesNotContain("a\\\"b");
    }

    @Test
    void nothingIsLostUnderLoad() throws Exception {
        int threads = 8;
        int each = 50_000;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int thread = 0; thread < threads; thread++) {
                pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        tell(
                                "/auth",
                                i % 2 == 0 ? Reply.empty(200) : Reply.empty(403).refusing("AccessDenied"),
                                i);
                    }
                    return null;
                });
            }
            start.countDown();
            for (int scrape = 0; scrape < 50; scrape++) {
                assertThat(text()).contains("countersign_signatures_total");
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(text())
                .contains("countersign_decisions_total{code=\"OK\",face=\"/auth\",outcome=\"allowed\"} 200000.0\n")
                .contains(
                        "countersign_decisions_total{code=\"AccessDenied\",face=\"/auth\",outcome=\"refused\"} 200000.0\n")
                .contains("countersign_decision_seconds_count{face=\"/auth\"} 400000\n");
    }

    /** A handle of the library is looked up once for its labels; each look-up would allocate lists and arrays. */
    @Test
    void countingAllocatesAlmostNothing() {
        DecisionRecord decision = DecisionRecord.of(
                NOW,
                "id",
                "/auth",
                signed(Reply.empty(403).refusing("AccessDenied"), "V4"),
                List.of(),
                Optional.of("192.0.2.1"),
                50_000);
        int rounds = 200_000;
        for (int i = 0; i < rounds; i++) {
            metrics.tell(decision);
        }
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            metrics.tell(decision);
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / rounds).isLessThanOrEqualTo(64);
    }
}
