package io.countersign.gateway.watch;

import java.util.List;

/**
 * Receives each decision of the endpoints exactly once, before its reply is written. It runs on the thread that made the decision, so it must return at once: it must not wait for a lock, a disk or a network, and must not
 * throw. Safe for any number of threads.
 */
@FunctionalInterface
public interface DecisionSink {
    /** Ignores every decision. */
    DecisionSink NONE = decision -> {};

    void tell(DecisionRecord decision);

    /** Tells several sinks, in their order. */
    static DecisionSink of(List<DecisionSink> sinks) {
        DecisionSink[] all = sinks.toArray(new DecisionSink[0]);
        return decision -> {
            for (DecisionSink sink : all) {
                sink.tell(decision);
            }
        };
    }
}
