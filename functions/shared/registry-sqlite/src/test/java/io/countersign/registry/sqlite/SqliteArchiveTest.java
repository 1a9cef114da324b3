package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry's file that is only read. */
class SqliteArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");

    @TempDir
    Path directory;

    private Path backup = Path.of("backup");
    private Path file = Path.of("registry.db");

    @BeforeEach
    void make() throws Exception {
        backup = Files.createDirectory(directory.resolve("a backup 100%25 #1"));
        file = backup.resolve("registry.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.write(Transaction.of(Write.put(A, "1", Condition.absent())), NOW);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("r-x------"));
    }

    @AfterEach
    void permit() throws Exception {
        Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void readsTheFileAndCreatesNoOther() throws Exception {
        byte[] before = Files.readAllBytes(file);
        try (SqliteArchive archive = SqliteArchive.open(file)) {
            assertThat(get(archive).payload()).isEqualTo("1");
            assertThat(archive.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                            .items())
                    .hasSize(1);
            try (var files = Files.list(backup)) {
                assertThat(files).containsExactly(file);
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void everyWriteIsRefused() throws Exception {
        try (SqliteArchive archive = SqliteArchive.open(file)) {
            assertThatThrownBy(() -> archive.write(Transaction.of(Write.put(A, "2", Condition.anything())), NOW))
                    .isInstanceOf(StoreUnavailable.ReadOnlyRegistry.class)
                    .hasMessageContaining("--read-only");
            assertThat(get(archive).payload()).isEqualTo("1");
        }
    }

    @Test
    void aFileThatAProcessWritesIsRefused() throws Exception {
        permit();
        try (SqliteArchive archive = SqliteArchive.open(file);
                SqliteStore writing = SqliteStore.open(file)) {
            assertThat(writing.write(Transaction.of(Write.put(A, "2", Condition.anything())), NOW))
                    .isNotNull();
            assertThatThrownBy(() -> get(archive))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("written by another process");
            assertThatThrownBy(() -> SqliteArchive.open(file))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("-wal")
                    .hasMessageContaining("was killed");
        }
        try (SqliteArchive archive = SqliteArchive.open(file)) {
            assertThat(get(archive).payload()).isEqualTo("2");
        }
    }

    @Test
    void aDamagedRecordIsOneHereToo() throws Exception {
        permit();
        RawRows.in(file).set(A, "payload", "2");
        try (SqliteArchive archive = SqliteArchive.open(file)) {
            assertThat(get(archive).intact()).isEmpty();
        }
    }

    @Test
    void theFormatBeforeIsReadAsItIs() throws Exception {
        Path former = directory.resolve("former.db");
        FormerFile.make(former);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + former)) {
            FormerFile.put(connection, A, 7, "old", Optional.of(NOW.plusSeconds(60)));
        }
        byte[] before = Files.readAllBytes(former);
        try (SqliteArchive archive = SqliteArchive.open(former)) {
            assertThat(get(archive).payload()).isEqualTo("old");
            assertThat(get(archive).expiresAt()).contains(NOW.plusSeconds(60));
            assertThat(archive.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW.plusSeconds(60)))
                    .isEmpty();
        }
        assertThat(Files.readAllBytes(former)).isEqualTo(before);
    }

    @Test
    void refusesAFileThatIsNotARegistry() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.db"));
        Path text = Files.writeString(directory.resolve("text.db"), "no database at all\n".repeat(200));
        for (Path other : new Path[] {empty, text, directory.resolve("missing.db"), directory}) {
            assertThatThrownBy(() -> SqliteArchive.open(other)).isInstanceOf(StoreUnavailable.class);
        }
        permit();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Writer.execute(connection, "PRAGMA user_version = 9");
        }
        assertThatThrownBy(() -> SqliteArchive.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("format 9");
    }

    private static Item get(RegistryStore store) throws StoreUnavailable {
        return Optional.ofNullable(store.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW)
                        .get(A))
                .orElseThrow();
    }
}
