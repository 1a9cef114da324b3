package io.countersign.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private final List<Duration> timeouts = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    private final RetryPolicy policy = new RetryPolicy(Seeds.secure(), () -> nanos, pause -> {
        pauses.add(pause);
        nanos += pause.toNanos();
    });

    @Test
    void givesEachHangingAttemptThreeSecondsAndEndsWithinEight() {
        assertThat(policy.until(this::hang, Optional::isEmpty)).isEmpty();
        assertThat(timeouts).hasSize(3).startsWith(Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(nanos).isLessThanOrEqualTo(Duration.ofSeconds(8).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 300, 900, 3_000, 8_000, 60_000})
    void endsWithinAnotherLimitWithTimeForTwoHangingAttempts(long millis) {
        Duration all = Duration.ofMillis(millis);
        assertThat(policy.within(all).until(this::hang, Optional::isEmpty)).isEmpty();
        assertThat(nanos).isPositive().isLessThanOrEqualTo(all.toNanos());
        assertThat(timeouts)
                .allSatisfy(timeout -> assertThat(timeout)
                        .isLessThanOrEqualTo(all.dividedBy(3))
                        .isLessThanOrEqualTo(Duration.ofSeconds(3)));
        if (millis >= 900) {
            assertThat(timeouts).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void repeatsQuickFailuresThreeTimesWithGrowingPauses() {
        Optional<Transport.Answer> last = policy.within(Duration.ofSeconds(3)).until(this::fail, answer -> true);
        assertThat(last).isEmpty();
        assertThat(timeouts).hasSize(3);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(200), Duration.ofMillis(300));
        assertThat(pauses.getLast()).isBetween(Duration.ofMillis(400), Duration.ofMillis(600));
    }

    @Test
    void returnsTheFirstFinalAnswer() {
        assertThat(policy.within(Duration.ofSeconds(3)).until(this::fail, answer -> timeouts.size() < 2))
                .map(Transport.Answer::status)
                .contains(500);
        assertThat(timeouts).hasSize(2);
    }

    private Transport.Answer hang(Duration elapsed, Duration timeout) throws IOException {
        assertThat(elapsed.toNanos()).isEqualTo(nanos);
        timeouts.add(timeout);
        nanos += timeout.toNanos();
        throw new IOException("no answer");
    }

    private Transport.Answer fail(Duration elapsed, Duration timeout) {
        timeouts.add(timeout);
        return new Transport.Answer(500, Optional.empty(), "");
    }
}
