package io.countersign.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallDeadlineTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void appliesWhileTheWorkRunsUnlessLifted() {
        assertThat(CallDeadline.left()).isEmpty();
        OptionalLong within = CallDeadline.until(System.nanoTime() + HOUR, CallDeadline::left);
        assertThat(within.orElseThrow()).isPositive().isLessThanOrEqualTo(HOUR);
        assertThat(CallDeadline.until(System.nanoTime() - 1, CallDeadline::left).orElseThrow())
                .isNegative();
        assertThat(CallDeadline.until(System.nanoTime() + HOUR, () -> CallDeadline.without(CallDeadline::left)))
                .isEmpty();
        assertThat(CallDeadline.left()).isEmpty();
    }
}
