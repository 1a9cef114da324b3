package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import io.countersign.json.Value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationLineTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void aLineSaysWhatWasDecidedAndWhy() throws Exception {
        ObjectValue line = EmbeddedMetrics.checked(line(
                InvocationOutcome.refused("NotTrusted"),
                List.of(Duration.ofMillis(7), Duration.ofMillis(5)),
                Map.of()));
        assertThat(JsonText.of(line))
                .contains(
                        "\"Timestamp\":" + NOW.toEpochMilli(),
                        "\"function\":\"token\",\"face\":\"/token\",\"requestId\":\"r-1\"",
                        "\"decision\":\"refused\",\"code\":\"NotTrusted\"",
                        "\"Decisions\":1,\"Duration\":12,\"CacheHits\":0,\"StoreLatency\":[7,5]",
                        "\"Dimensions\":[[\"function\",\"decision\",\"code\"]]");
    }

    @Test
    void omitsTheLatencyOfACacheHit() throws Exception {
        ObjectValue line = EmbeddedMetrics.checked(line(InvocationOutcome.ALLOWED, List.of(), Map.of()));
        assertThat(JsonText.of(line)).contains("\"CacheHits\":1").doesNotContain("StoreLatency");
    }

    @Test
    void countsFurtherWork() throws Exception {
        ObjectValue line = EmbeddedMetrics.checked(
                line(InvocationOutcome.ALLOWED, List.of(), Map.of("AccessKeyCreated", 2, "AccessKeyRetiring", 1)));
        assertThat(JsonText.of(line))
                .contains("{\"Name\":\"AccessKeyCreated\",\"Unit\":\"Count\"}", "\"AccessKeyCreated\":2");
    }

    @Test
    void aMetricHasAHundredValuesAtMost() throws Exception {
        EmbeddedMetrics.checked(
                line(InvocationOutcome.ALLOWED, Collections.nCopies(1_000, Duration.ofMillis(1)), Map.of()));
    }

    private static String line(InvocationOutcome outcome, List<Duration> storeTimes, Map<String, Integer> counts) {
        return InvocationLine.of(new InvocationLine.Invocation(
                "token", "/token", "r-1", NOW, Duration.ofMillis(12), outcome, storeTimes, counts));
    }
}
