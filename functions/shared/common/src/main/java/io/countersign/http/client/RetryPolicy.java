package io.countersign.http.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Asks until there is an answer: at most {@value #MAX} times, and for {@value #ALL_SECONDS} seconds in all, so that a caller hears of it before its own patience
 * ends.
 */
public final class RetryPolicy {
    public static final int MAX = 3;
    public static final int ALL_SECONDS = 8;

    private static final Duration ALL = Duration.ofSeconds(ALL_SECONDS);
    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Duration LEAST = Duration.ofMillis(250);
    private static final int FIRST_PAUSE_MILLIS = 200;

    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /** Waits between two attempts. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** One attempt, signed anew each time. */
    @FunctionalInterface
    public interface Once {
        /**
         * @param gone since the first attempt began
         * @param timeout for this attempt
         */
        Transport.Answer ask(Duration gone, Duration timeout) throws IOException;
    }

    /**
     * @param random what pauses differ by
     * @param nanoTime measures what the attempts have taken so far
     */
    public RetryPolicy(SecureRandom random, LongSupplier nanoTime, Pause pause) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * The answer, unless it is one that is to be asked for again and the attempts or the time have come to their end.
     *
     * @param again whether to ask again after this; empty for an attempt whose answer was lost
     */
    public Optional<Transport.Answer> until(Once once, Predicate<Optional<Transport.Answer>> again) {
        long start = nanoTime.getAsLong();
        for (int attempt = 1; attempt <= MAX; attempt++) {
            Duration gone = Duration.ofNanos(nanoTime.getAsLong() - start);
            Duration left = ALL.minus(gone);
            if (left.compareTo(LEAST) < 0) {
                break;
            }
            Optional<Transport.Answer> answer = asked(once, gone, left.compareTo(EACH) < 0 ? left : EACH);
            if (!again.test(answer)) {
                return answer;
            }
            if (attempt < MAX && !paused(attempt)) {
                break;
            }
        }
        return Optional.empty();
    }

    private static Optional<Transport.Answer> asked(Once once, Duration gone, Duration timeout) {
        try {
            return Optional.of(once.ask(gone, timeout));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Longer each time, and never quite the same for all who wait. */
    private boolean paused(int attempt) {
        int base = FIRST_PAUSE_MILLIS << (attempt - 1);
        try {
            pause.of(Duration.ofMillis(base + random.nextInt(base / 2)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
