package io.countersign.signing.base;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Idle objects for reuse: a lookup in the security providers costs more than the short hashes done here. A fixed table and not thread-locals,
 * because a virtual thread would bring its own. Nothing is made before it is asked for, so nothing gets into a native image's heap.
 */
final class Pool<T> {
    private static final int SLOTS = 64;

    private final AtomicReferenceArray<@Nullable T> idle;
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
        this(SLOTS, maker);
    }

    /** @param slots how many objects may lie idle, a power of two */
    Pool(int slots, Supplier<T> maker) {
        this.idle = new AtomicReferenceArray<>(slots);
        this.maker = maker;
    }

    /** An object that nobody else has until it is given back. */
    T take() {
        T object = idle.getAndSet(slot(), null);
        return object == null ? maker.get() : object;
    }

    /** Only an object that is as good as new may come back; one that failed is dropped. */
    void giveBack(T object) {
        idle.setRelease(slot(), object);
    }

    private int slot() {
        return (int) Thread.currentThread().threadId() & idle.length() - 1;
    }
}
