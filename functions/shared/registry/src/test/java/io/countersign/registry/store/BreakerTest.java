package io.countersign.registry.store;

import static io.countersign.registry.store.Breaker.Outcome.ANSWERED;
import static io.countersign.registry.store.Breaker.Outcome.SILENT;
import static io.countersign.registry.store.Breaker.Outcome.UNKNOWN;
import static io.countersign.registry.store.Breaker.Pass.ORDINARY;
import static io.countersign.registry.store.Breaker.Pass.PROBE;
import static io.countersign.registry.store.Breaker.Pass.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long nanos = -5;
    private final Breaker breaker = new Breaker(() -> nanos);

    @Test
    void fiveSilentCallsInARowOpenIt() {
        silent(4);
        assertThat(breaker.pass()).isEqualTo(ORDINARY);
        silent(1);
        assertThat(breaker.pass()).isEqualTo(REFUSED);
    }

    @Test
    void anAnswerInBetweenBeginsTheCountAnew() {
        silent(4);
        breaker.tell(ORDINARY, ANSWERED);
        silent(4);
        assertThat(breaker.pass()).isEqualTo(ORDINARY);
    }

    @Test
    void ignoresAnUnknownOutcome() {
        silent(4);
        breaker.tell(ORDINARY, UNKNOWN);
        assertThat(breaker.pass()).isEqualTo(ORDINARY);
        silent(1);
        assertThat(breaker.pass()).isEqualTo(REFUSED);
    }

    @Test
    void onePassesToTryAfterASecondAndTheOthersAreRefusedMeanwhile() {
        silent(5);
        pass(SECOND.minusNanos(1));
        assertThat(breaker.pass()).isEqualTo(REFUSED);
        pass(Duration.ofNanos(1));
        assertThat(breaker.pass()).isEqualTo(PROBE);
        assertThat(breaker.pass()).isEqualTo(REFUSED);
        pass(Duration.ofHours(1));
        assertThat(breaker.pass()).isEqualTo(REFUSED);
        breaker.tell(PROBE, ANSWERED);
        assertThat(breaker.pass()).isEqualTo(ORDINARY);
        silent(4);
        assertThat(breaker.pass()).isEqualTo(ORDINARY);
    }

    @Test
    void aProbeThatIsSilentTooIsFollowedByAnotherAfterASecond() {
        silent(5);
        pass(SECOND);
        assertThat(breaker.pass()).isEqualTo(PROBE);
        pass(Duration.ofSeconds(3));
        breaker.tell(PROBE, SILENT);
        assertThat(breaker.pass()).isEqualTo(REFUSED);
        pass(SECOND);
        assertThat(breaker.pass()).isEqualTo(PROBE);
    }

    @Test
    void aProbeOfWhichNothingIsKnownIsFollowedByAnother() {
        silent(5);
        pass(SECOND);
        assertThat(breaker.pass()).isEqualTo(PROBE);
        breaker.tell(PROBE, UNKNOWN);
        assertThat(breaker.pass()).isEqualTo(PROBE);
    }

    @Test
    void callsThatWereUnderWayWhenItOpenedDoNotKeepItOpen() {
        silent(5);
        pass(SECOND);
        silent(11);
        assertThat(breaker.pass()).isEqualTo(PROBE);
        silent(1);
        assertThat(breaker.pass()).isEqualTo(REFUSED);
    }

    private void silent(int calls) {
        for (int i = 0; i < calls; i++) {
            breaker.tell(ORDINARY, SILENT);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
