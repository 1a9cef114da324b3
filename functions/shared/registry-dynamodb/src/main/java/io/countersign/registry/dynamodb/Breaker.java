package io.countersign.registry.dynamodb;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps calls away from a table that does not answer. After some calls in a row without an answer it is open: one call a second, the probe, is let through to see
 * whether the table answers again, and all others are refused at once. Any answer closes it. For any number of threads.
 */
final class Breaker {
    private static final int SILENT_CALLS = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whether a call may be made. What became of it is to be told, by {@link #tell}, unless it was refused. */
    enum Pass {
        ORDINARY,
        PROBE,
        REFUSED
    }

    enum Outcome {
        /** The table said something, be it a refusal. */
        ANSWERED,
        SILENT,
        /** The call ended before it could be known. */
        UNKNOWN
    }

    private final LongSupplier nanoTime;
    private int silent;
    private boolean probing;
    private long askAgainAt;

    /** @param nanoTime a monotonic clock */
    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized Pass pass() {
        if (silent < SILENT_CALLS) {
            return Pass.ORDINARY;
        }
        if (probing || nanoTime.getAsLong() - askAgainAt < 0) {
            return Pass.REFUSED;
        }
        probing = true;
        return Pass.PROBE;
    }

    synchronized void tell(Pass pass, Outcome outcome) {
        boolean probe = pass == Pass.PROBE;
        if (probe) {
            probing = false;
        }
        switch (outcome) {
            case ANSWERED -> silent = 0;
            case SILENT -> {
                // Calls that were under way when it opened say nothing new.
                if (probe || silent < SILENT_CALLS) {
                    silent = Math.min(silent + 1, SILENT_CALLS);
                    askAgainAt = nanoTime.getAsLong() + PAUSE_NANOS;
                }
            }
            case UNKNOWN -> {}
        }
    }
}
