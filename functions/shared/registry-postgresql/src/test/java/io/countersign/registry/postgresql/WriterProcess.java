package io.countersign.registry.postgresql;

import io.countersign.registry.store.PairWriter;

/** A process of its own that writes to a registry. */
final class WriterProcess {
    private WriterProcess() {}

    /** The URL, and the number to stop at. */
    public static void main(String[] arguments) throws Exception {
        try (PostgresStore store = new TestRegistry(arguments[0]).openInOtherProcess()) {
            PairWriter.run(store, Integer.parseInt(arguments[1]));
        }
    }
}
