package io.countersign.registry.dynamodb;

import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * What is left of the time that one call of the store may take, with all its attempts: its budget, or less where the call that is being answered has less. It runs on the machine's monotonic clock, because it bounds
 * waiting and decides nothing.
 */
final class Deadline {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);

    /** No answer comes in less. */
    private static final long LEAST_NANOS = 1_000_000;

    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final long created;
    private final long end;
    private int pauses;
    private long begun;
    private long slowest;

    /** @param random spreads the pauses of processes that wait for the same thing */
    Deadline(Duration budget, SecureRandom random) {
        this(left(budget), random, System::nanoTime);
    }

    Deadline(Duration budget, SecureRandom random, LongSupplier nanoTime) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.created = nanoTime.getAsLong();
        this.begun = created;
        this.end = created + budget.toNanos();
    }

    /** @throws StoreUnavailable when there is no time for an answer */
    void requireTime() throws StoreUnavailable {
        left();
    }

    boolean isOver() {
        return end - nanoTime.getAsLong() < LEAST_NANOS;
    }

    /** Whether there was time at first for at least a third of the budget: for one attempt as the client makes them. */
    boolean wasAmple(Duration budget) {
        return end - created >= budget.dividedBy(3).toNanos();
    }

    private static Duration left(Duration budget) {
        long nanos = budget.toNanos();
        return Duration.ofNanos(Math.min(nanos, CallDeadline.left().orElse(nanos)));
    }

    /** Bounds one request to DynamoDB, the SDK's own attempts included. */
    AwsRequestOverrideConfiguration bound() throws StoreUnavailable {
        begun = nanoTime.getAsLong();
        Duration left = left();
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(left).build();
    }

    /**
     * Whether there is time for another pause, and for another attempt that takes as long as the slowest so far: what comes of an attempt that is broken off is not
     * known, and what the one before it was told would be forgotten.
     */
    boolean permits() {
        long now = nanoTime.getAsLong();
        slowest = Math.max(slowest, now - begun);
        return end - now > longest().toNanos() + slowest;
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
        if (isOver()) {
            throw Failures.tooLate();
        }
        return Duration.ofNanos(end - nanoTime.getAsLong());
    }
}
