package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock stands still unless a test moves it; the timers are real. */
class TimeLimitTest {
    private static final Duration TIME = Duration.ofMillis(20);

    /** Several timers' time. */
    private static final Duration LONG = Duration.ofMillis(150);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private TimeLimit limit;

    @BeforeEach
    void makeOnTheLoop() {
        onLoop(() -> limit = new TimeLimit(vertx, TIME, now::get));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void runsWhenItIsOver() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        start(over::countDown);
        advance(TIME);

        assertThat(over.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsOnce() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        start(runs::incrementAndGet);
        advance(TIME);
        Thread.sleep(LONG);

        assertThat(runs).hasValue(1);
    }

    @Test
    void doesNotRunBeforeItsTimeEvenWhenATimerFires() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        start(runs::incrementAndGet);
        advance(TIME.minusNanos(1));
        Thread.sleep(LONG);
        assertThat(runs).hasValue(0);

        advance(Duration.ofNanos(1));
        Thread.sleep(LONG);
        assertThat(runs).hasValue(1);
    }

    @Test
    void doesNotRunOnceItIsStopped() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        start(runs::incrementAndGet);
        stop();
        advance(TIME);
        Thread.sleep(LONG);

        assertThat(runs).hasValue(0);
    }

    @Test
    void hasItsWholeTimeWhenItStartsAnew() throws InterruptedException {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        start(first::incrementAndGet);
        advance(TIME.minusNanos(1));
        stop();
        start(second::incrementAndGet);
        advance(TIME.minusNanos(1));
        Thread.sleep(LONG);
        assertThat(second).hasValue(0);

        advance(Duration.ofNanos(1));
        Thread.sleep(LONG);
        assertThat(second).hasValue(1);
        assertThat(first).hasValue(0);
    }

    @Test
    void startsAgainAfterAllTimersHaveFired() throws InterruptedException {
        start(() -> {});
        stop();
        Thread.sleep(LONG);
        CountDownLatch over = new CountDownLatch(1);
        start(over::countDown);
        advance(TIME);

        assertThat(over.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void mayStartFromWhatRunsWhenItIsOver() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        start(() -> limit.start(over::countDown));
        advance(TIME);
        Thread.sleep(LONG);
        assertThat(over.getCount()).isEqualTo(1);

        advance(TIME);
        assertThat(over.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void staysClosed() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        start(runs::incrementAndGet);
        onLoop(() -> {
            limit.close();
            limit.start(runs::incrementAndGet);
        });
        advance(TIME);
        Thread.sleep(LONG);

        assertThat(runs).hasValue(0);
    }

    private void start(Runnable over) {
        onLoop(() -> limit.start(over));
    }

    private void stop() {
        onLoop(() -> limit.stop());
    }

    private void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void onLoop(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(run -> {
            work.run();
            done.complete(null);
        });
        done.join();
    }
}
