package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.OtherProcess;
import io.countersign.registry.store.RegistryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) while it upgrades a file: the next opening finds each record, in one format. */
@Timeout(300)
class KilledUpgradeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    /** More than SQLite's cache, so that the write-ahead log holds pages of the upgrade before it is committed. */
    private static final int ROWS = 3_000;

    private static final String PADDING = "x".repeat(2_000);
    private static final int MEGABYTE = 1 << 20;
    private static final int LOG_AT_MOST = 8 * MEGABYTE;

    @TempDir
    Path directory;

    private Path file = Path.of("registry.db");

    @BeforeEach
    void makeFormer() throws SQLException {
        file = directory.resolve("registry.db");
        FormerFile.make(file);
        try (Connection connection = connection()) {
            Writer.execute(connection, "BEGIN");
            for (int i = 0; i < ROWS; i++) {
                FormerFile.put(connection, key(i), i + 1, payload(i), Optional.empty());
            }
            Writer.execute(connection, "COMMIT");
        }
    }

    @Test
    void afterAnyStepTheFormatIsTheFormerOne() throws Exception {
        for (int steps = 0; steps <= Schema.Upgrade.STEPS.size(); steps++) {
            Process process = start(steps);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).isEqualTo("waiting");
                kill(process);
            }
            assertThat(pragma("user_version")).as(steps + " steps").isEqualTo("1");
            assertThat(pragma("integrity_check")).as(steps + " steps").isEqualTo("ok");
        }
        holdsEachRecord();
    }

    @Test
    void anOpeningThatIsKilledWhileTheLogGrowsIsMadeByTheNext() throws Exception {
        List<String> formats = new ArrayList<>();
        Path kept = Files.copy(file, directory.resolve("kept.db"));
        for (int bytes = 1; bytes <= LOG_AT_MOST; bytes += MEGABYTE) {
            for (String name : List.of("registry.db", "registry.db-wal", "registry.db-shm")) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.copy(kept, file);
            Process process = start(UpgradingProcess.OPENING);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).isEqualTo("opening");
                while (process.isAlive() && logBytes() < bytes) {
                    Thread.onSpinWait();
                }
                kill(process);
            }
            formats.add(pragma("user_version"));
            holdsEachRecord();
        }
        // The first kills fall before the commit: the log had less than what the upgrade writes.
        assertThat(formats.getFirst()).isEqualTo("1");
        assertThat(formats).containsOnly("1", "2");
    }

    private void holdsEachRecord() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            List<Item> items = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                RegistryStore.Page page = store.query("p", after, 1_000, RegistryStore.Consistency.STRONG, NOW);
                items.addAll(page.items());
                after = page.next();
            } while (after.isPresent());
            assertThat(items).hasSize(ROWS);
            for (int i = 0; i < ROWS; i++) {
                assertThat(items.get(i).version()).isEqualTo(i + 1);
                assertThat(items.get(i).intact()).contains(payload(i));
            }
        }
        assertThat(pragma("user_version")).isEqualTo("2");
        assertThat(pragma("integrity_check")).isEqualTo("ok");
    }

    private long logBytes() throws IOException {
        Path log = directory.resolve("registry.db-wal");
        try {
            return Files.size(log);
        } catch (java.nio.file.NoSuchFileException e) {
            return 0;
        }
    }

    private static ItemKey key(int i) {
        return new ItemKey("p", "%05d".formatted(i));
    }

    private static String payload(int i) {
        return i + PADDING;
    }

    private String pragma(String name) throws SQLException {
        try (Connection connection = connection();
                var row = connection.createStatement().executeQuery("PRAGMA " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void kill(Process process) throws InterruptedException {
        // Through its handle: the process itself would close the pipe.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    private Process start(int steps) throws IOException {
        return OtherProcess.start(UpgradingProcess.class, file.toString(), Integer.toString(steps));
    }
}
