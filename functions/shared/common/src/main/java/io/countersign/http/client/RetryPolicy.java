package io.countersign.http.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Repeats a call until there is a final answer: at most {@value #MAX} attempts within {@value #ALL_SECONDS} seconds, so that the caller gets a result before its own
 * timeout.
 */
public final class RetryPolicy {
    public static final int MAX = 3;
    public static final int ALL_SECONDS = 8;

    private static final Duration ALL = Duration.ofSeconds(ALL_SECONDS);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(250);
    private static final int FIRST_PAUSE_MILLIS = 200;

    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /** Waits between two attempts. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** Makes one attempt; each one is signed anew. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * @param elapsed since the start of the first attempt
         * @param timeout for this attempt
         */
        Transport.Answer make(Duration elapsed, Duration timeout) throws IOException;
    }

    /**
     * @param random draws the jitter of pauses
     * @param nanoTime a monotonic clock
     */
    public RetryPolicy(SecureRandom random, LongSupplier nanoTime, Pause pause) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Makes attempts until one is final. Empty when the attempts or the time are used up.
     *
     * @param isTransient whether to repeat the call after this answer; an empty one stands for a lost answer
     */
    public Optional<Transport.Answer> until(Attempt attempt, Predicate<Optional<Transport.Answer>> isTransient) {
        long start = nanoTime.getAsLong();
        for (int count = 1; count <= MAX; count++) {
            Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
            Duration left = ALL.minus(elapsed);
            if (left.compareTo(MIN_TIMEOUT) < 0) {
                break;
            }
            Optional<Transport.Answer> answer =
                    answer(attempt, elapsed, left.compareTo(ATTEMPT_TIMEOUT) < 0 ? left : ATTEMPT_TIMEOUT);
            if (!isTransient.test(answer)) {
                return answer;
            }
            if (count < MAX && !pauseAfter(count)) {
                break;
            }
        }
        return Optional.empty();
    }

    private static Optional<Transport.Answer> answer(Attempt attempt, Duration elapsed, Duration timeout) {
        try {
            return Optional.of(attempt.make(elapsed, timeout));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Doubles each time, with jitter; false when the thread is interrupted. */
    private boolean pauseAfter(int count) {
        int base = FIRST_PAUSE_MILLIS << (count - 1);
        try {
            pause.of(Duration.ofMillis(base + random.nextInt(base / 2)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
