package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteTurnTest {
    private static final int CALLERS = 12;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final WriteTurn turn = new WriteTurn(nanos::get);

    @Test
    void boundsWaitersAndTheirTimeWhileAWriteIsSlow() throws Exception {
        long deadline = nanos.get() + 10 * SECOND;
        assertThat(turn.take(deadline)).isTrue();
        Semaphore gone = new Semaphore(0);
        List<Future<Boolean>> callers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> {
                    boolean came = turn.take(deadline);
                    gone.release();
                    return came;
                }));
            }
            assertThat(gone.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
            nanos.addAndGet(WriteTurn.NO_PROGRESS_AFTER.toNanos());
            assertThat(gone.tryAcquire(CALLERS - WriteTurn.MAX_WAITING, 60, TimeUnit.SECONDS))
                    .isTrue();
            nanos.addAndGet(10 * SECOND);
        }
        for (Future<Boolean> caller : callers) {
            assertThat(caller.get()).isFalse();
        }
        turn.giveBack();
        assertThat(turn.take(nanos.get() + SECOND)).isTrue();
    }

    @Test
    void aTurnThatIsGivenBackPassesToAWaitingThread() throws Exception {
        long deadline = nanos.get() + SECOND;
        assertThat(turn.take(deadline)).isTrue();
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting = thread.submit(() -> turn.take(deadline));
            turn.giveBack();
            assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
