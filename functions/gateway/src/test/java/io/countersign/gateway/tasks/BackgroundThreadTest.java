package io.countersign.gateway.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final BackgroundThread thread = new BackgroundThread("tested", failures::add);

    @Test
    void aFailureIsReportedAndTheTaskHasItsNextTurn() throws Exception {
        IllegalStateException defect = new IllegalStateException("a defect");
        CountDownLatch runs = new CountDownLatch(3);
        AtomicInteger run = new AtomicInteger();
        try (thread) {
            thread.repeat(Duration.ZERO, Duration.ofMillis(1), () -> {
                runs.countDown();
                if (run.getAndIncrement() == 0) {
                    throw defect;
                }
            });
            assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).containsExactly(defect);
    }

    @Test
    void whatTheEndInterruptsHasNotFailed() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (thread) {
            thread.run(() -> {
                running.countDown();
                try {
                    Thread.sleep(Duration.ofSeconds(60));
                } finally {
                    interrupted.countDown();
                }
            });
            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void aTaskThatComesAfterTheEndDoesNotRun() {
        AtomicInteger runs = new AtomicInteger();
        thread.close();
        thread.run(runs::incrementAndGet);
        assertThat(runs).hasValue(0);
    }
}
