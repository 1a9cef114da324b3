package io.countersign.registry.store;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A circuit breaker for a store behind a network that does not answer. After several consecutive calls without an answer it opens: one
 * call a second, the probe, is let through, and all others are refused at once. Any answer closes it. Safe for any
 * number of threads.
 */
public final class Breaker {
    private static final int SILENT_CALLS = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whether a call may be made. Unless it was refused, the caller reports its outcome by {@link #tell}. */
    public enum Pass {
        ORDINARY,
        PROBE,
        REFUSED
    }

    public enum Outcome {
        /** The store answered, possibly with a refusal. */
        ANSWERED,
        SILENT,
        /** The call ended before its outcome was known. */
        UNKNOWN
    }

    private final LongSupplier nanoTime;
    private int silent;
    private boolean probing;
    private long askAgainAt;

    /** @param nanoTime a monotonic clock */
    public Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Asks for a call. */
    public synchronized Pass pass() {
        if (silent < SILENT_CALLS) {
            return Pass.ORDINARY;
        }
        if (probing || nanoTime.getAsLong() - askAgainAt < 0) {
            return Pass.REFUSED;
        }
        probing = true;
        return Pass.PROBE;
    }

    /** Reports the outcome of a call that was let through. */
    public synchronized void tell(Pass pass, Outcome outcome) {
        boolean probe = pass == Pass.PROBE;
        if (probe) {
            probing = false;
        }
        switch (outcome) {
            case ANSWERED -> silent = 0;
            case SILENT -> {
                // Calls that were in progress when it opened add no information.
                if (probe || silent < SILENT_CALLS) {
                    silent = Math.min(silent + 1, SILENT_CALLS);
                    askAgainAt = nanoTime.getAsLong() + PAUSE_NANOS;
                }
            }
            case UNKNOWN -> {}
        }
    }
}
