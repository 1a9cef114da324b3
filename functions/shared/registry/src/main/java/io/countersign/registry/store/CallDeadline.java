package io.countersign.registry.store;

import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The deadline for all store operations of the call that a thread is answering, by {@link System#nanoTime}. It only
 * bounds waiting. A store whose operations can block observes it in addition to its own bounds.
 */
public final class CallDeadline {
    private static final ScopedValue<OptionalLong> END = ScopedValue.newInstance();

    private CallDeadline() {}

    /**
     * Runs the work of a call in this thread under a deadline.
     *
     * @param end by {@link System#nanoTime}
     */
    public static <T> T until(long end, Supplier<T> work) {
        return ScopedValue.where(END, OptionalLong.of(end)).call(work::get);
    }

    /**
     * Runs work that waits for services other than the store and then has to record their answers: each store
     * operation has only its own bounds.
     */
    public static <T> T without(Supplier<T> work) {
        return ScopedValue.where(END, OptionalLong.empty()).call(work::get);
    }

    /** The remaining time in nanoseconds, negative when the deadline has passed; empty when there is no deadline. */
    public static OptionalLong left() {
        OptionalLong end = END.orElse(OptionalLong.empty());
        return end.isPresent() ? OptionalLong.of(end.getAsLong() - System.nanoTime()) : end;
    }
}
