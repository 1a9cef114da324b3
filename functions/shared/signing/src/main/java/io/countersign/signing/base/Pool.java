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
    /** The references from one slot to the next, two cache lines apart: processors that write next to each other wait for each other. */
    private static final int APART = 32;

    private final AtomicReferenceArray<@Nullable T> idle;
    private final int apart;
    private final Supplier<T> maker;

    /** A pool that the whole process shares. */
    public Pool(Supplier<T> maker) {
        this(SLOTS, APART, maker);
    }

    /**
     * A small pool, of which there are many.
     *
     * @param slots the most idle objects, a power of two
     */
    Pool(int slots, Supplier<T> maker) {
        this(slots, 1, maker);
    }

    private Pool(int slots, int apart, Supplier<T> maker) {
        this.idle = new AtomicReferenceArray<>(slots * apart);
        this.apart = apart;
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
        return (int) Thread.currentThread().threadId() * apart & idle.length() - 1;
    }
}
