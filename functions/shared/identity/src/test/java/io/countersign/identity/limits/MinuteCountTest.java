package io.countersign.identity.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MinuteCountTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void aUseCountsForSixtyToSeventySeconds() {
        for (int offset = 0; offset < 10; offset++) {
            Instant at = START.plusSeconds(offset);
            MinuteCount count = new MinuteCount(at);
            count.add(3, at);
            assertThat(count.used(at.plusSeconds(60))).isEqualTo(3);
            assertThat(count.used(at.plusSeconds(70 - offset))).isZero();
            assertThat(count.used(at.plusSeconds(1_000))).isZero();
        }
    }

    @Test
    void noSixtySecondsHaveMoreThanTheLimit() {
        RandomGenerator random = Seeds.random();
        for (int round = 0; round < 200; round++) {
            int limit = 1 + random.nextInt(20);
            MinuteCount count = new MinuteCount(START);
            List<Instant> uses = new ArrayList<>();
            Instant now = START;
            for (int step = 0; step < 300; step++) {
                now = now.plusMillis(random.nextInt(1, 6_000));
                int wanted = 1 + random.nextInt(3);
                if (count.used(now) + wanted <= limit) {
                    count.add(wanted, now);
                    for (int i = 0; i < wanted; i++) {
                        uses.add(now);
                    }
                }
                Instant present = now;
                assertThat(uses.stream()
                                .filter(use -> use.isAfter(present.minusSeconds(60)))
                                .count())
                        .isLessThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void whoWaitsAsLongAsToldFits() {
        RandomGenerator random = Seeds.random();
        for (int round = 0; round < 500; round++) {
            MinuteCount count = new MinuteCount(START);
            Instant now = START;
            for (int i = 0; i < 8; i++) {
                now = now.plusMillis(random.nextInt(0, 15_000));
                count.add(1 + random.nextInt(5), now);
            }
            int left = random.nextInt(count.used(now));
            int seconds = count.secondsUntil(left, now);
            assertThat(seconds).isBetween(1, 70);
            assertThat(count.used(now.plusSeconds(seconds))).isLessThanOrEqualTo(left);
        }
    }

    @Test
    void momentsInAnyOrderAllCount() {
        MinuteCount count = new MinuteCount(START);
        for (int i = 0; i < 50; i++) {
            count.add(1, START.plusSeconds(i % 2 == 0 ? 0 : 20));
        }
        assertThat(count.used(START.plusSeconds(20))).isEqualTo(50);
        assertThat(count.used(START)).isEqualTo(50);
    }

    @Test
    void aClockThatIsSetBackHoldsTheUsesForAMinuteMore() {
        MinuteCount count = new MinuteCount(START);
        count.add(4, START);
        Instant back = START.minusSeconds(86_400);
        assertThat(count.used(back)).isEqualTo(4);
        assertThat(count.secondsUntil(0, back)).isEqualTo(70);
        assertThat(count.used(back.plusSeconds(60))).isEqualTo(4);
        assertThat(count.used(back.plusSeconds(70))).isZero();
    }
}
