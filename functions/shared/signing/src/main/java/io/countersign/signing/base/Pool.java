package io.countersign.signing.base;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool of idle objects, because a lookup in the security providers costs more than the short texts that are hashed, signed and decrypted here. It is a fixed table
 * rather than thread-locals, because each virtual thread would have its own. Objects are created on demand, so that none is in a native image's heap. Safe for any
 * number of threads.
 */
public final class Pool<T> {
    private static final int SLOTS = 64;

    private final AtomicReferenceArray<@Nullable T> idle;
    private final Supplier<T> maker;

    public Pool(Supplier<T> maker) {
        this(SLOTS, maker);
    }

    /** @param slots the most idle objects, a power of two */
    Pool(int slots, Supplier<T> maker) {
        this.idle = new AtomicReferenceArray<>(slots);
        this.maker = maker;
    }

    /** An object for the exclusive use of the caller until it is given back. */
    public T take() {
        T object = idle.getAndSet(slot(), null);
        return object == null ? maker.get() : object;
    }

    /** Accepts an object that can be used like a new one; a caller drops one that failed. */
    public void giveBack(T object) {
        idle.setRelease(slot(), object);
    }

    private int slot() {
        return (int) Thread.currentThread().threadId() & idle.length() - 1;
    }
}
