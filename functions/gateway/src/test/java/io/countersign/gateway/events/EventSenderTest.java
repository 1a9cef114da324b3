package io.countersign.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventSenderTest {
    @Test
    void whileItSendsOneMoreSendingWaitsHoweverOftenItIsAskedFor() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Semaphore sent = new Semaphore(0);
        try (RotationLoop.EventSender sender = new RotationLoop.EventSender(() -> {
            sending.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sent.release();
        })) {
            sender.requestRun();
            assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 100; i++) {
                sender.requestRun();
            }
            goOn.countDown();
            assertThat(sent.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
            assertThat(sent.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
            sender.requestRun();
            assertThat(sent.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesEventsAfterItsClose() {
        Semaphore sent = new Semaphore(0);
        RotationLoop.EventSender sender = new RotationLoop.EventSender(sent::release);
        sender.close();
        sender.requestRun();
        assertThat(sent.availablePermits()).isZero();
    }
}
