package io.countersign.gateway.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that bodies in flight and their answers may take together, on all ports of a gateway. They are counted as they arrive: a length that is only
 * announced takes nothing. Open faces leave a quarter to the private ones. Safe for any number of threads.
 */
final class ByteBudget {
    private static final int SHARE_OF_HEAP = 4;

    private final long most;
    private final long mostOfOpen;
    private final AtomicLong taken = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
        this.mostOfOpen = most / 4 * 3;
    }

    /** A quarter of the heap: the rest is for what calls are worked on with. */
    static ByteBudget ofHeap() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Nothing yet, for one call of that lane. */
    Held hold(Lane lane) {
        return switch (lane) {
            case OPEN, BULK -> new Held(mostOfOpen);
            case PRIVATE, HEALTH -> new Held(most);
        };
    }

    /** What nobody has taken. */
    long left() {
        return most - taken.get();
    }

    private boolean take(long bytes, long bound) {
        long before = taken.get();
        while (before + bytes <= bound) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** What one call has taken. It gives everything back once, however often it is told to. */
    final class Held {
        private final long bound;
        private long held;
        private boolean released;

        private Held(long bound) {
            this.bound = bound;
        }

        /** Takes some more; false: there is no room, and nothing was taken. */
        synchronized boolean take(long bytes) {
            if (released || !ByteBudget.this.take(bytes, bound)) {
                return false;
            }
            held += bytes;
            return true;
        }

        /** Has this much instead of what it had; false: there is no room, and it has what it had. */
        synchronized boolean become(long bytes) {
            if (bytes > held) {
                return take(bytes - held);
            }
            if (!released) {
                taken.addAndGet(bytes - held);
                held = bytes;
            }
            return true;
        }

        synchronized void release() {
            if (!released) {
                released = true;
                taken.addAndGet(-held);
            }
        }
    }
}
