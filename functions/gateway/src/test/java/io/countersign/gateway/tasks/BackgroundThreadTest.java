package io.countersign.gateway.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
    private static final Logger LOGGER = Logger.getLogger(BackgroundThread.class.getName());

    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord one) {
            logged.add(one.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final BackgroundThread thread = new BackgroundThread("tested", failures::add);

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void aFailureIsReportedAndTheTaskHasItsNextTurn() throws Exception {
        IOException failure = new IOException("the disk is full");

        assertThat(runsAfter(failure)).isTrue();
        assertThat(failures).containsExactly(failure);
        assertThat(logged).isEmpty();
    }

    @Test
    void aDefectIsLoggedWithoutItsMessageAndTheTaskHasItsNextTurn() throws Exception {
        assertThat(runsAfter(new IllegalStateException("a secret"))).isTrue();
        assertThat(failures).isEmpty();
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("event=failure of=tested exception=java.lang.IllegalStateException at=")
                .doesNotContain("secret");
    }

    /** Whether a task runs again after it has thrown. */
    private boolean runsAfter(Exception thrown) throws InterruptedException {
        LOGGER.addHandler(handler);
        CountDownLatch runs = new CountDownLatch(3);
        AtomicInteger run = new AtomicInteger();
        try (thread) {
            thread.repeat(Duration.ZERO, Duration.ofMillis(1), () -> {
                runs.countDown();
                if (run.getAndIncrement() == 0) {
                    throw thrown;
                }
            });
            return runs.await(60, TimeUnit.SECONDS);
        }
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
