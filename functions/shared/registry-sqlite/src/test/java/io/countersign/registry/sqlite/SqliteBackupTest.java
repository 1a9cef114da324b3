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
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A copy of a registry's file that other processes use. */
class SqliteBackupTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");

    @TempDir
    Path directory;

    private Path file = Path.of("registry.db");
    private Path copy = Path.of("copy.db");

    @BeforeEach
    void name() {
        file = directory.resolve("registry.db");
        copy = directory.resolve("a 'copy'?mode=memory 100%25.db");
    }

    @Test
    void theCopyIsCompleteAndOfItsMomentWhileTheFileIsWritten() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            put(store, "1");
            long bytes = SqliteBackup.write(file, copy);
            put(store, "2");
            assertThat(Files.size(copy)).isEqualTo(bytes).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
            try (SqliteArchive archive = SqliteArchive.open(copy)) {
                assertThat(payload(archive)).isEqualTo("1");
            }
            assertThat(payload(store)).isEqualTo("2");
        }
    }

    @Test
    void theCopyIsARegistryToWorkOn() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            put(store, "1");
        }
        SqliteBackup.write(file, copy);
        try (SqliteStore store = SqliteStore.open(copy)) {
            put(store, "2");
            assertThat(payload(store)).isEqualTo("2");
        }
    }

    @Test
    void aFormerFileIsCopiedInItsFormat() throws Exception {
        FormerFile.make(file);
        SqliteBackup.write(file, copy);
        for (Path former : List.of(file, copy)) {
            try (Connection connection = new DatabaseFile(former).reading()) {
                assertThat(Schema.format(connection, former)).isEqualTo(Schema.VERSION - 1);
            }
        }
    }

    @Test
    void noFileIsOverwritten() throws Exception {
        SqliteStore.open(file).close();
        Files.writeString(copy, "mine");
        assertThatThrownBy(() -> SqliteBackup.write(file, copy)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(copy).hasContent("mine");
        assertThatThrownBy(
                        () -> SqliteBackup.write(file, directory.resolve("none").resolve("copy.db")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileThatIsNoRegistryLeavesNoCopy() throws Exception {
        assertThatThrownBy(() -> SqliteBackup.write(file, copy)).isInstanceOf(StoreUnavailable.class);
        assertThat(copy).doesNotExist();
        assertThat(file).doesNotExist();
        Files.writeString(file, "");
        assertThatThrownBy(() -> SqliteBackup.write(file, copy))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is empty");
        Files.writeString(file, "no database of SQLite, and long enough to be looked at as one".repeat(20));
        assertThatThrownBy(() -> SqliteBackup.write(file, copy)).isInstanceOf(StoreUnavailable.class);
        assertThat(copy).doesNotExist();
    }

    /** Else the operator would make room on the wrong disk. */
    @Test
    void aFullDiskIsThatOfTheCopy() throws Exception {
        SQLException full = new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL);
        assertThatThrownBy(() -> SqliteBackup.failure(file, full))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("copy");
        SQLException damaged = new SQLiteException("corrupt", SQLiteErrorCode.SQLITE_CORRUPT);
        assertThat(SqliteBackup.failure(file, damaged)).hasMessageContaining("is damaged");
    }

    private static void put(SqliteStore store, String payload) throws StoreUnavailable {
        store.write(Transaction.of(Write.put(A, payload, Condition.anything())), NOW);
    }

    private static String payload(RegistryStore store) throws Exception {
        Map<ItemKey, Item> found = store.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW);
        return found.values().iterator().next().payload();
    }
}
