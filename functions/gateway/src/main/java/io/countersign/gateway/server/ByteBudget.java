package io.countersign.gateway.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits what request bodies in progress occupy together: the memory of them and their replies, on all ports of a gateway, and the disk of those that wait there. Bytes count when they arrive; an announced
 * {@code Content-Length} reserves nothing. Of the memory, public endpoints can use three quarters, so that a quarter remains for private ones. Thread-safe.
 */
public final class ByteBudget {
    private static final int SHARE_OF_HEAP = 4;

    private final long limit;
    private final long publicLimit;
    private final AtomicLong reserved = new AtomicLong();

    public ByteBudget(long limit) {
        this.limit = limit;
        this.publicLimit = limit / 4 * 3;
    }

    /** Creates a budget of a quarter of the heap. The rest is for the objects that the functions allocate while they handle calls. */
    static ByteBudget ofHeap() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Creates an empty reservation for a call of this lane. */
    Reservation reserve(Lane lane) {
        return switch (lane) {
            case OPEN, BULK, STORE -> new Reservation(publicLimit);
            case PRIVATE, HEALTH -> new Reservation(limit);
        };
    }

    /** Creates an empty reservation that may grow to the whole budget. */
    public Reservation reserve() {
        return new Reservation(limit);
    }

    /** Returns the number of bytes that are not reserved. */
    long available() {
        return limit - reserved.get();
    }

    private boolean reserve(long bytes, long limit) {
        long before = reserved.get();
        while (before + bytes <= limit) {
            if (reserved.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = reserved.get();
        }
        return false;
    }

    /** The bytes reserved for one call. Repeated calls of {@link #release} have no effect. */
    public final class Reservation {
        private final long limit;
        private long held;
        private boolean released;

        private Reservation(long limit) {
            this.limit = limit;
        }

        /** Reserves further bytes; returns false, and reserves nothing, when the budget has no room or the reservation is released. */
        public synchronized boolean grow(long bytes) {
            if (released || !ByteBudget.this.reserve(bytes, limit)) {
                return false;
            }
            held += bytes;
            return true;
        }

        /** Changes the reservation to this size; returns false, and changes nothing, when the budget has no room. */
        synchronized boolean resize(long bytes) {
            if (bytes > held) {
                return grow(bytes - held);
            }
            if (!released) {
                reserved.addAndGet(bytes - held);
                held = bytes;
            }
            return true;
        }

        public synchronized void release() {
            if (!released) {
                released = true;
                reserved.addAndGet(-held);
            }
        }
    }
}
