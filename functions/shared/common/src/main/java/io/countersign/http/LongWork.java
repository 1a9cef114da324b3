package io.countersign.http;

/**
 * Is told before work that waits for another machine, or that computes for long. A server that answers calls on an event loop ends such an answer there and has another thread begin
 * it again (docs/adr/0029-cached-decisions-on-the-event-loop.md).
 */
@FunctionalInterface
public interface LongWork {
    /** Every thread may do long work. */
    LongWork ANYWHERE = () -> {};

    /**
     * Is called by the thread that is about to do the work, before it has changed anything. May throw an unchecked exception, which the caller lets through without doing the
     * work.
     */
    void begins();
}
