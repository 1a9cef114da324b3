package io.countersign.registry.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private long nanos;
    private final Deadline deadline = new Deadline(Duration.ofSeconds(10), Seeds.secure(), () -> nanos);

    @Test
    void anAttemptIsBoundToWhatIsLeft() throws Exception {
        pass(Duration.ofSeconds(4));
        assertThat(deadline.bound().apiCallTimeout()).contains(Duration.ofSeconds(6));
        pass(Duration.ofSeconds(6));
        assertThatThrownBy(deadline::bound).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void noAttemptIsPermittedThatWouldBeBrokenOff() throws Exception {
        deadline.bound();
        pass(Duration.ofSeconds(2));
        assertThat(deadline.permits()).isTrue();
        pass(Duration.ofMillis(5_900));
        deadline.bound();
        pass(Duration.ofMillis(50));
        // The first pause is 10 ms at most, and the slowest attempt took two seconds.
        assertThat(deadline.permits()).isTrue();
        pass(Duration.ofMillis(40));
        assertThat(deadline.permits()).isFalse();
    }

    @Test
    void quickAttemptsArePermittedUntilNearTheEnd() throws Exception {
        deadline.bound();
        pass(Duration.ofMillis(1));
        assertThat(deadline.permits()).isTrue();
        pass(Duration.ofMillis(9_900));
        deadline.bound();
        pass(Duration.ofMillis(1));
        assertThat(deadline.permits()).isTrue();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
