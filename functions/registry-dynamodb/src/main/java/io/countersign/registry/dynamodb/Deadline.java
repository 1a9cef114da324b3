package io.countersign.registry.dynamodb;

import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * What is left of the time that one call of the store may take, with all its attempts. It runs on the machine's monotonic clock, because it bounds
 * waiting and decides nothing.
 */
final class Deadline {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);

    private final SecureRandom random;
    private final long end;
    private int pauses;

    /** @param random spreads the pauses of processes that wait for the same thing */
    Deadline(Duration budget, SecureRandom random) {
        this.random = random;
        this.end = System.nanoTime() + budget.toNanos();
    }

    /** Bounds one request to DynamoDB, the SDK's own attempts included. */
    AwsRequestOverrideConfiguration bound() throws StoreUnavailable {
        Duration left = left();
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(left).build();
    }

    /** Whether there is time for another pause and attempt. */
    boolean permits() {
        return end - System.nanoTime() > longest().toNanos();
    }

    /** Waits before the next attempt: longer each time and never as long as another process that began to wait at the same moment. */
    void pause() throws StoreUnavailable {
        long most = longest().toMillis();
        pauses++;
        try {
            Thread.sleep(random.nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("the wait for the registry's table was interrupted", e);
        }
    }

    private Duration longest() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, 5));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private Duration left() throws StoreUnavailable {
        long nanos = end - System.nanoTime();
        if (nanos < 1_000_000) {
            throw Failures.tooLate();
        }
        return Duration.ofNanos(nanos);
    }
}
