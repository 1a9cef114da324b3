package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.DecisionFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UsageCountsTest {
    private final UsageCounts usage = new UsageCounts();

    private record Facts(
            boolean judged, Optional<String> accessKeyId, Optional<String> signatureVersion, Optional<String> principal)
            implements DecisionFacts {}

    private void count(String key, String version, String principal) {
        usage.count(
                new Facts(true, Optional.of(key), Optional.of(version), Optional.of(principal)),
                UserAgentFamily.CURL,
                Samples.NOW);
    }

    private static long sum(List<LogEntry.Usage> lines) {
        return lines.stream()
                .flatMap(line -> line.counts().values().stream())
                .map(Map::values)
                .flatMap(java.util.Collection::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void countsByKeyVersionAndClient() {
        Facts facts = new Facts(true, Optional.of("LTAI1"), Optional.of("V1"), Optional.of("acs:ram::1:user/app"));
        Instant later = Samples.NOW.plusSeconds(90);
        usage.count(facts, UserAgentFamily.JAVA, Samples.NOW);
        usage.count(facts, UserAgentFamily.CURL, later);
        count("LTAI1", "V4", "acs:ram::1:user/app");
        assertThat(usage.take(later))
                .containsExactly(new LogEntry.Usage(
                        later,
                        Optional.of("LTAI1"),
                        Optional.of("acs:ram::1:user/app"),
                        Samples.NOW,
                        later,
                        Map.of("V1", Map.of("aliyun-sdk-java", 1L, "curl", 1L), "V4", Map.of("curl", 1L))));
        assertThat(usage.take(later)).isEmpty();
    }

    @Test
    void onlyJudgedRequestsWithASignatureOfOssCount() {
        usage.count(
                new Facts(false, Optional.of("LTAI1"), Optional.of("V1"), Optional.empty()),
                UserAgentFamily.CURL,
                Samples.NOW);
        usage.count(
                new Facts(true, Optional.empty(), Optional.empty(), Optional.empty()),
                UserAgentFamily.CURL,
                Samples.NOW);
        count("LTAI1", "ACS3", "acs:ram::1:user/app");
        assertThat(usage.take(Samples.NOW)).isEmpty();
    }

    @Test
    void sessionsAreCountedForTheirRole() {
        for (int i = 0; i < 100; i++) {
            count("STS.key" + i, "V4", "acs:ram::1:role/app/user-" + i);
        }
        List<LogEntry.Usage> lines = usage.take(Samples.NOW);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().accessKeyId()).contains("STS.*");
        assertThat(lines.getFirst().principal()).contains("acs:ram::1:role/app");
        assertThat(sum(lines)).isEqualTo(100);
    }

    @Test
    void keysPastTheBoundAreCountedTogether() {
        for (int i = 0; i < UsageCounts.MAX_KEYS + 500; i++) {
            count("LTAI" + i, "V1", "acs:ram::1:user/u" + i);
        }
        count("LTAI1", "V1", "acs:ram::1:user/u1");
        List<LogEntry.Usage> lines = usage.take(Samples.NOW);
        assertThat(lines).hasSize(UsageCounts.MAX_KEYS + 1);
        assertThat(lines.stream().filter(line -> line.accessKeyId().isEmpty()))
                .hasSize(1)
                .first()
                .satisfies(line -> assertThat(line.counts()).hasToString("{V1={curl=500}}"));
        assertThat(sum(lines)).isEqualTo(UsageCounts.MAX_KEYS + 501L);
    }

    @Test
    void nothingIsLostBetweenThreads() throws Exception {
        List<LogEntry.Usage> taken = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                running.add(pool.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        count("LTAI" + i % 3, "V1", "acs:ram::1:user/app");
                    }
                }));
            }
            while (!running.stream().allMatch(Future::isDone)) {
                taken.addAll(usage.take(Samples.NOW));
            }
            for (Future<?> one : running) {
                assertThat(one.get()).isNull();
            }
        }
        taken.addAll(usage.take(Samples.NOW));
        assertThat(sum(taken)).isEqualTo(160_000);
    }

    @Test
    void theLogWritesTheLinesWhenItCloses() {
        MemorySink sink = new MemorySink();
        try (DecisionLog log = DecisionLog.start(sink, ChainPosition.START, Optional.empty(), () -> Samples.NOW, 100)) {
            log.add(Samples.refusal(1));
            Facts facts = new Facts(true, Optional.of("LTAI1"), Optional.of("V1"), Optional.of("acs:ram::1:user/app"));
            log.usage().count(facts, UserAgentFamily.CURL, Samples.NOW);
            for (int i = 0; i < 2_000; i++) {
                log.usage()
                        .count(
                                new Facts(true, Optional.of("LTAI5t" + i), Optional.of("V4"), Optional.empty()),
                                UserAgentFamily.JAVA,
                                Samples.NOW);
            }
        }
        ChainCheck.Result result = Samples.check(sink.text());
        assertThat(result.problems()).isEmpty();
        assertThat(result.lines()).isEqualTo(2_002);
        assertThat(result.lost()).isZero();
        assertThat(sink.text())
                .contains("\"outcome\":\"usage\",\"principal\":\"acs:ram::1:user/app\",\"subject\":null")
                .contains(
                        "\"usage\":{\"first\":\"2026-11-29T03:00:00.500Z\",\"last\":\"2026-11-29T03:00:00.500Z\",\"V1\":{\"curl\":1}}");
    }

    @Test
    void theLogWritesTheLinesEachHour() throws Exception {
        MemorySink sink = new MemorySink();
        java.util.concurrent.atomic.AtomicReference<Instant> now =
                new java.util.concurrent.atomic.AtomicReference<>(Samples.NOW);
        try (DecisionLog log = DecisionLog.start(sink, ChainPosition.START, Optional.empty(), now::get, 100)) {
            Facts facts = new Facts(true, Optional.of("LTAI1"), Optional.of("V1"), Optional.empty());
            log.usage().count(facts, UserAgentFamily.CURL, Samples.NOW);
            log.add(Samples.refusal(1));
            Thread.sleep(50);
            assertThat(sink.text()).doesNotContain("usage\":{");
            now.set(Samples.NOW.plus(Duration.ofHours(1)));
            log.add(Samples.refusal(2));
            for (int i = 0; i < 200 && !sink.text().contains("usage\":{"); i++) {
                Thread.sleep(25);
            }
            assertThat(sink.text())
                    .contains("\"at\":\"2026-11-29T04:00:00.500Z\"")
                    .contains("\"V1\":{\"curl\":1}");
        }
        assertThat(Samples.check(sink.text()).problems()).isEmpty();
    }

    @Test
    void aFullDiskDropsLinesAndKeepsTheChain() {
        MemorySink sink = new MemorySink();
        try (DecisionLog log = DecisionLog.start(sink, ChainPosition.START, Optional.empty(), () -> Samples.NOW, 100)) {
            sink.quota(10_000);
            for (int i = 0; i < 500; i++) {
                count(log.usage(), i);
            }
        }
        ChainCheck.Result result = Samples.check(sink.text());
        assertThat(result.problems()).isEmpty();
        assertThat(result.lost()).isZero();
        assertThat(result.lines()).isBetween(5L, 50L);
    }

    private static void count(UsageCounts counts, int key) {
        counts.count(
                new Facts(true, Optional.of("LTAI5t" + key), Optional.of("V1"), Optional.empty()),
                UserAgentFamily.CURL,
                Samples.NOW);
    }
}
