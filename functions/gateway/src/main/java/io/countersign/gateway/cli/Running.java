package io.countersign.gateway.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a serving command holds open. Closing lets go of it in the reverse order; a second close does nothing. */
public final class Running implements AutoCloseable {
    /** Something that closes without failing. */
    @FunctionalInterface
    interface Held {
        void release();
    }

    private final Deque<Held> held = new ArrayDeque<>();

    synchronized void hold(Held one) {
        held.push(one);
    }

    @Override
    public synchronized void close() {
        while (!held.isEmpty()) {
            held.pop().release();
        }
    }
}
