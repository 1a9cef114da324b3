package io.countersign.registry.sqlite;

import io.countersign.registry.store.PairWriter;
import java.nio.file.Path;

/** A process of its own that writes to a file. */
final class WriterProcess {
    private WriterProcess() {}

    /** The file, and the number to stop at. */
    public static void main(String[] arguments) throws Exception {
        try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
            PairWriter.run(store, Integer.parseInt(arguments[1]));
        }
    }
}
