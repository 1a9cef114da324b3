package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final List<String> lines = new ArrayList<>();
    private final Outages outages = new Outages(nanos::get, lines::add);

    @Test
    void eachReasonHasOneLineASecond() {
        for (int i = 0; i < 100; i++) {
            outages.report(new Exception("the disk is full"));
        }
        outages.report(new Exception("the file is gone"));
        assertThat(lines)
                .containsExactly(
                        "event=unavailable reason=\"the disk is full\"",
                        "event=unavailable reason=\"the file is gone\"");
        nanos.addAndGet(SECOND - 1);
        outages.report(new Exception("the disk is full"));
        assertThat(lines).hasSize(2);
        nanos.addAndGet(1);
        outages.report(new Exception("the disk is full"));
        assertThat(lines).hasSize(3).last().isEqualTo("event=unavailable reason=\"the disk is full\" repeated=100");
    }

    @Test
    void aReasonIsOneLineAndNeverNull() {
        outages.report(new IllegalStateException());
        outages.report(new Exception("two\nlines and a \"quote\""));
        assertThat(lines)
                .containsExactly(
                        "event=unavailable reason=\"IllegalStateException\"",
                        "event=unavailable reason=\"two lines and a 'quote'\"");
    }

    @Test
    void manyReasonsTakeBoundedMemoryAndAreCut() {
        for (int i = 0; i < 10_000; i++) {
            outages.report(new Exception(i + "x".repeat(5_000)));
        }
        assertThat(lines).hasSize(10_000).allSatisfy(line -> assertThat(line).hasSizeLessThan(1_100));
        outages.report(new Exception("9999" + "x".repeat(5_000)));
        assertThat(lines).hasSize(10_000);
    }
}
