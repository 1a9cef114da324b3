package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSizeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String PAYLOAD = "x".repeat(300_000);

    @TempDir
    Path directory;

    @Test
    void theLogThatALongReadMadeGrowShrinksAgain() throws Exception {
        Path file = directory.resolve("registry.db");
        Path log = directory.resolve("registry.db-wal");
        try (SqliteStore store = SqliteStore.open(file)) {
            write(store, 0);
            try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                // As long as it reads, nothing of the log that it may still need can be written over.
                Writer.execute(reader, "BEGIN");
                try (var rows = reader.createStatement().executeQuery("SELECT count(*) FROM item")) {
                    assertThat(rows.next()).isTrue();
                }
                for (int i = 0; i < 80; i++) {
                    write(store, i);
                }
                assertThat(Files.size(log)).isGreaterThan(2L * Writer.LOG_BYTES);
                Writer.execute(reader, "COMMIT");
            }
            for (int i = 0; i < 3; i++) {
                write(store, i);
            }
            assertThat(Files.size(log)).isLessThanOrEqualTo(Writer.LOG_BYTES);
        }
        assertThat(log).doesNotExist();
    }

    private static void write(SqliteStore store, int number) throws StoreUnavailable {
        store.write(Transaction.of(Write.put(new ItemKey("p", "k" + number), PAYLOAD, Condition.anything())), NOW);
    }
}
