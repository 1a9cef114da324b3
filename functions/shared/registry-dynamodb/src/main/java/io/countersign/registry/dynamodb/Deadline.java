package io.countersign.registry.dynamodb;

import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The remaining time of one call of the store with all its attempts: the store's time limit, or less where the call
 * that is being answered has less. It uses the machine's monotonic clock, because it only bounds waiting.
 */
final class Deadline {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);

    /** No answer arrives in less time. */
    private static final long LEAST_NANOS = 1_000_000;

    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final long created;
    private final long end;
    private int pauses;
    private long begun;
    private long slowest;

    /** @param random spreads the pauses of processes that wait for the same event */
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

    /** Whether the call began with at least a third of the time limit, the time of one attempt of the client. */
    boolean wasAmple(Duration budget) {
        return end - created >= budget.dividedBy(3).toNanos();
    }

    private static Duration left(Duration budget) {
        long nanos = budget.toNanos();
        return Duration.ofNanos(Math.min(nanos, CallDeadline.left().orElse(nanos)));
    }

    /** Limits one request to DynamoDB, including the SDK's own attempts. */
    AwsRequestOverrideConfiguration bound() throws StoreUnavailable {
        begun = nanoTime.getAsLong();
        Duration left = left();
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(left).build();
    }

    /**
     * Whether there is time for another pause and another attempt that is as slow as the slowest so far. The outcome
     * of an attempt that is cut off is unknown, and the answer to the attempt before it would be lost.
     */
    boolean permits() {
        long now = nanoTime.getAsLong();
        slowest = Math.max(slowest, now - begun);
        return end - now > longest().toNanos() + slowest;
    }

    /**
     * Waits before the next attempt: longer each time, with a random part that separates processes that began to wait
     * together.
     */
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
