package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopAttemptsTest {
    private static final Reply DONE = Reply.empty(204);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final LoopAttempts attempts = new LoopAttempts(clock::get);

    private static Call call(int body) {
        return new Call("POST", "/verify", Optional.empty(), List.of(), Bytes.of(new byte[body]), "127.0.0.1", false);
    }

    private Optional<Reply> taking(long millis) {
        return attempts.attempt(0, () -> {
            clock.addAndGet(millis * 1_000_000);
            return DONE;
        });
    }

    @Test
    void answersWhatNeedsNoStore() {
        assertThat(attempts.attempt(LoopAttempts.MAX_BODY, () -> DONE)).contains(DONE);
    }

    @Test
    void endsAtTheFirstUseOfTheStore() {
        assertThat(attempts.attempt(0, () -> {
                    LoopAttempts.requireWorker();
                    throw new AssertionError("the store was reached");
                }))
                .isEmpty();
    }

    @Test
    void aWorkerMayUseTheStore() {
        LoopAttempts.requireWorker();
        taking(0);
        LoopAttempts.requireWorker();
    }

    @Test
    void largeBodiesAreNotAttempted() {
        assertThat(attempts.attempt(LoopAttempts.MAX_BODY + 1, () -> {
                    throw new AssertionError("attempted");
                }))
                .isEmpty();
    }

    @Test
    void afterASlowAnswerWorkersAnswerForAWhile() {
        assertThat(taking(LoopAttempts.SLOW.toMillis())).contains(DONE);
        assertThat(taking(LoopAttempts.SLOW.toMillis() + 1)).contains(DONE);
        assertThat(taking(0)).isEmpty();
        clock.addAndGet(LoopAttempts.PAUSE * (LoopAttempts.SLOW.toNanos() + 1_000_000) - 1);
        assertThat(taking(0)).isEmpty();
        clock.addAndGet(1);
        assertThat(taking(0)).contains(DONE);
    }

    @Test
    void aSlowAttemptThatNeedsAWorkerCountsToo() {
        assertThat(attempts.attempt(0, () -> {
                    clock.addAndGet(LoopAttempts.SLOW.toNanos() + 1);
                    LoopAttempts.requireWorker();
                    return DONE;
                }))
                .isEmpty();
        assertThat(taking(0)).isEmpty();
    }

    @Test
    void failuresOfTheEndpointPass() {
        assertThatThrownBy(() -> attempts.attempt(0, () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(taking(0)).contains(DONE);
    }
}
