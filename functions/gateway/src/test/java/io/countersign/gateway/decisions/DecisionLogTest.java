package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\":\"([^\"]+)\"");
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.NOW);

    private final MemorySink sink = new MemorySink();

    private DecisionLog log(int room) {
        return DecisionLog.start(sink, ChainPosition.START, Optional.empty(), CLOCK, room);
    }

    private List<String> requestIds() {
        return REQUEST_ID
                .matcher(sink.text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** All lines are in the chain, and each decision was written or is counted. */
    private void isWhole(int decisions) {
        ChainCheck.Result result = Samples.check(sink.text());
        assertThat(result.problems()).isEmpty();
        List<String> ids = requestIds();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(ids.size() + result.lost()).isEqualTo(decisions);
    }

    /** The count that a scrape reads is what the log itself tells. */
    private void countsWhatItTells(DecisionLog log) {
        assertThat(log.lost()).isEqualTo(Samples.check(sink.text()).lost());
    }

    @Test
    void decisionsAreWrittenInTheirOrder() {
        try (DecisionLog log = log(100)) {
            for (int i = 0; i < 50; i++) {
                log.add(Samples.refusal(i));
            }
        }
        isWhole(50);
        assertThat(requestIds()).hasSize(50).startsWith("R0", "R1").endsWith("R49");
        assertThat(sink.isClosed()).isTrue();
    }

    @Test
    void aDecisionIsWrittenWithoutAnotherOne() throws Exception {
        try (DecisionLog log = log(100)) {
            Thread.sleep(50);
            log.add(Samples.refusal(1));
            eventually(() -> requestIds().equals(List.of("R1")));
            log.add(Samples.refusal(2));
            eventually(() -> requestIds().equals(List.of("R1", "R2")));
        }
    }

    @Test
    void sixtyFourThreadsLoseNothingThatIsNotCounted() throws Exception {
        int each = 2_000;
        List<Thread> threads = new ArrayList<>();
        try (DecisionLog log = log(256)) {
            for (int t = 0; t < 64; t++) {
                int first = t * each;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        log.add(Samples.refusal(first + i));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        isWhole(64 * each);
    }

    @Test
    void aBlockedSinkHoldsNothingUp() throws Exception {
        sink.gate.drainPermits();
        DecisionLog log = log(16);
        Instant start = Instant.now();
        for (int i = 0; i < 10_000; i++) {
            log.add(Samples.refusal(i));
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(sink.text()).isEmpty();
        // Counted while the sink is still blocked.
        assertThat(log.lost()).isPositive();
        sink.gate.release(Integer.MAX_VALUE / 2);
        log.close();
        isWhole(10_000);
        assertThat(sink.text()).contains("\"outcome\":\"lost\"");
        countsWhatItTells(log);
    }

    @Test
    void aSinkThatStaysBlockedDoesNotKeepTheProcess() {
        sink.gate.drainPermits();
        DecisionLog log = log(16);
        log.add(Samples.refusal(1));
        Instant start = Instant.now();
        log.close();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        sink.gate.release(100);
    }

    @Test
    void whatAFullDiskRefusesIsToldInOneLineOnceThereIsRoom() throws Exception {
        int written = 0;
        try (DecisionLog log = log(10_000)) {
            for (int quota = 0; quota < 3_000; quota += 97) {
                sink.quota(quota);
                for (int i = 0; i < 10; i++) {
                    log.add(Samples.refusal(written++));
                }
                Thread.sleep(quota % 5 == 0 ? 10 : 0);
            }
            Thread.sleep(50);
            sink.quota(Integer.MAX_VALUE);
            log.close();
            countsWhatItTells(log);
        }
        isWhole(written);
        assertThat(sink.text()).contains("\"outcome\":\"lost\"");
    }

    @Test
    void lossesAreToldEvenIfNoDecisionFollows() throws Exception {
        try (DecisionLog log = log(10_000)) {
            sink.quota(0);
            log.add(Samples.refusal(1));
            log.add(Samples.refusal(2));
            Thread.sleep(100);
            sink.quota(Integer.MAX_VALUE);
            assertThat(log.lost()).isEqualTo(2);
            eventually(() -> sink.text().contains("\"lost\":2"));
            log.add(Samples.refusal(3));
            eventually(() -> sink.text().contains("R3"));
            countsWhatItTells(log);
        }
        isWhole(3);
    }

    @Test
    void aTornLineIsToldFirstAndOnce() throws Exception {
        sink.quota(0);
        try (DecisionLog log = DecisionLog.start(sink, ChainPosition.START, Optional.of("{\"seq\":1,"), CLOCK, 100)) {
            log.add(Samples.refusal(1));
            Thread.sleep(50);
            sink.quota(Integer.MAX_VALUE);
            eventually(() -> sink.text().contains("lost"));
            log.add(Samples.refusal(2));
        }
        ChainCheck.Result result = Samples.check(sink.text());
        assertThat(result.problems()).isEmpty();
        assertThat(result.torn()).isEqualTo(1);
        assertThat(sink.text()).startsWith("{\"seq\":1,").contains("\"torn\":\"{\\\"seq\\\":1,\"");
        Set<String> ids = new HashSet<>(requestIds());
        assertThat(ids.size() + result.lost()).isEqualTo(2);
    }

    private static void eventually(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
