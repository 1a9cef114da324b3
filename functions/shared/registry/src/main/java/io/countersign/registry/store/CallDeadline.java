package io.countersign.registry.store;

import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Until when the call that is being answered may wait for a store, with all that it asks of it. It runs on {@link System#nanoTime}, since it bounds waiting and
 * decides nothing. A store that can keep its callers waiting holds to it, beside its own bounds.
 */
public final class CallDeadline {
    private static final ScopedValue<OptionalLong> END = ScopedValue.newInstance();

    private CallDeadline() {}

    /**
     * Answers a call under a deadline; it holds for this thread, as long as the work runs.
     *
     * @param end by {@link System#nanoTime}
     */
    public static <T> T until(long end, Supplier<T> work) {
        return ScopedValue.where(END, OptionalLong.of(end)).call(work::get);
    }

    /** Does what asks others than the store for long, and has to write down what came of it: each call of the store has its own bounds alone. */
    public static <T> T without(Supplier<T> work) {
        return ScopedValue.where(END, OptionalLong.empty()).call(work::get);
    }

    /** What is left of it, in nanoseconds, below zero when it is past; empty where no deadline was set. */
    public static OptionalLong left() {
        OptionalLong end = END.orElse(OptionalLong.empty());
        return end.isPresent() ? OptionalLong.of(end.getAsLong() - System.nanoTime()) : end;
    }
}
