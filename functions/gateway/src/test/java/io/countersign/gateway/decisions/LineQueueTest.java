package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineQueueTest {
    private static final LogEntry.Decided PLAIN = LogEntry.Decided.of(Samples.refusal(1));
    /** Each of these characters is six in JSON. */
    private static final LogEntry.Decided LONG =
            LogEntry.Decided.of(Samples.refusal("\u0001".repeat(512), "\u0001".repeat(1_200)));

    @Test
    void keepsTheOrder() {
        LineQueue queue = new LineQueue(2);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.offer(PLAIN)).isTrue();
        assertThat(queue.offer(LONG)).isTrue();
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.poll()).contains(PLAIN);
        assertThat(queue.poll()).contains(LONG);
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void hasRoomForSoManyDecisions() {
        LineQueue queue = new LineQueue(2);
        assertThat(queue.offer(PLAIN)).isTrue();
        assertThat(queue.offer(PLAIN)).isTrue();
        assertThat(queue.offer(PLAIN)).isFalse();
        assertThat(queue.poll()).isPresent();
        assertThat(queue.offer(PLAIN)).isTrue();
    }

    @Test
    void hasRoomForSoManyBytes() {
        int length = LONG.members().length();
        assertThat(length).isGreaterThan(10_000);
        int fitting = (int) (LineQueue.MAX_BYTES / length);
        LineQueue queue = new LineQueue(2 * fitting);
        for (int i = 0; i < fitting; i++) {
            assertThat(queue.offer(LONG)).isTrue();
        }
        assertThat(queue.offer(LONG)).isFalse();
        assertThat(queue.poll()).isPresent();
        assertThat(queue.offer(LONG)).isTrue();
        assertThat(queue.offer(LONG)).isFalse();
        for (int i = 0; i < fitting; i++) {
            assertThat(queue.poll()).isPresent();
        }
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.offer(LONG)).isTrue();
    }
}
