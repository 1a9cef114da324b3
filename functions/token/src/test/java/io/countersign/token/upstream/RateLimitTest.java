package io.countersign.token.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private final StsClient.RateLimit rates = new StsClient.RateLimit(() -> nanos);

    @Test
    void asManyAsASecondAllowsMayBeAskedAtOnceAndEvenlyAfterThat() {
        assertThat(taken("a", 200)).isEqualTo(100);
        pass(Duration.ofMillis(9));
        assertThat(taken("a", 200)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(taken("a", 200)).isEqualTo(1);
        pass(Duration.ofMillis(500));
        assertThat(taken("a", 200)).isEqualTo(50);
        pass(Duration.ofHours(1));
        assertThat(taken("a", 200)).isEqualTo(100);
    }

    @Test
    void eachAccountHasItsOwn() {
        assertThat(taken("a", 200)).isEqualTo(100);
        assertThat(taken("b", 200)).isEqualTo(100);
        for (int i = 0; i < 5_000; i++) {
            assertThat(rates.acquire("account" + i)).isTrue();
        }
        assertThat(taken("a", 200)).isZero();
    }

    private int taken(String account, int asked) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += rates.acquire(account) ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
