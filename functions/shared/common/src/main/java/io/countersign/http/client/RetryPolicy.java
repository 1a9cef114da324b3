package io.countersign.http.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Repeats a call until there is a final answer: at most {@value #MAX} attempts within {@value #ALL_SECONDS} seconds or another limit, so that the caller gets a
 * result before its own timeout.
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
    private final Limits limits;

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
        this(random, nanoTime, pause, new Limits(ALL, ATTEMPT_TIMEOUT, MIN_TIMEOUT));
    }

    private RetryPolicy(SecureRandom random, LongSupplier nanoTime, Pause pause, Limits limits) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.limits = limits;
    }

    /** Returns a policy with a time limit of its own for all attempts together: an attempt that hangs is given up early enough for another. */
    public RetryPolicy within(Duration all) {
        Duration attempt = all.dividedBy(MAX);
        return new RetryPolicy(
                random,
                nanoTime,
                pause,
                new Limits(all, shorter(attempt, ATTEMPT_TIMEOUT), shorter(attempt, MIN_TIMEOUT)));
    }

    /**
     * The times of a policy.
     *
     * @param all for all attempts and the pauses between them
     * @param attempt the longest time of one
     * @param least the least time with which another attempt is made
     */
    private record Limits(Duration all, Duration attempt, Duration least) {}

    /**
     * Makes attempts until one is final. Empty when the attempts or the time are used up.
     *
     * @param isTransient whether to repeat the call after this answer; an empty one stands for a lost answer
     */
    public Optional<Transport.Answer> until(Attempt attempt, Predicate<Optional<Transport.Answer>> isTransient) {
        long start = nanoTime.getAsLong();
        for (int count = 1; count <= MAX; count++) {
            Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
            Duration left = limits.all().minus(elapsed);
            if (left.compareTo(limits.least()) < 0) {
                break;
            }
            Optional<Transport.Answer> answer = answer(attempt, elapsed, shorter(left, limits.attempt()));
            if (!isTransient.test(answer)) {
                return answer;
            }
            Duration spent = Duration.ofNanos(nanoTime.getAsLong() - start);
            if (count < MAX && !pauseAfter(count, limits.all().minus(spent).minus(limits.least()))) {
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

    /**
     * Doubles each time, with jitter; false when the thread is interrupted, or when no attempt could follow.
     *
     * @param most the longest pause after which there is time for another attempt
     */
    private boolean pauseAfter(int count, Duration most) {
        int base = FIRST_PAUSE_MILLIS << (count - 1);
        Duration drawn = Duration.ofMillis(base + random.nextInt(base / 2));
        if (most.compareTo(drawn) < 0) {
            return false;
        }
        try {
            pause.of(drawn);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
