package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");

    @TempDir
    Path directory;

    private Path data;
    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() throws Exception {
        data = Files.createDirectory(directory.resolve("data"));
        file = data.resolve("registry.db");
        store = SqliteStore.open(file);
        write(store, "1");
        read(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aDirectoryThatWasDeletedAnswersNothing() throws Exception {
        FileTree.delete(data);
        refusesEverything("is missing");
        Files.createDirectory(data);
        refusesEverything("is missing");
    }

    @Test
    void aFileThatWasReplacedAnswersNothing() throws Exception {
        Path moved = directory.resolve("moved");
        Files.move(data, moved);
        Files.createDirectory(data);
        try (SqliteStore other = SqliteStore.open(file)) {
            write(other, "2");
            refusesEverything("was replaced");
            assertThat(read(other)).isEqualTo("2");
        }
        FileTree.delete(data);
        Files.move(moved, data);
        assertThat(read(store)).isEqualTo("1");
        store.requireSame();
        write(store, "3");
        assertThat(read(store)).isEqualTo("3");
    }

    @Test
    void aFileThatWasReplacedBeforeTheFirstConnectionAnswersNothing() throws Exception {
        store.close();
        store = SqliteStore.open(file);
        FileTree.delete(data);
        Files.createDirectory(data);
        SqliteStore.open(file).close();
        refusesEverything("was replaced");
    }

    private void refusesEverything(String why) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> write(store, "lost"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(why);
            assertThatThrownBy(() -> read(store))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(why);
            assertThatThrownBy(() -> store.requireSame())
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(why);
            assertThatThrownBy(() -> store.query("p", Optional.empty(), 1, RegistryStore.Consistency.STRONG, NOW))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }

    private static void write(SqliteStore store, String payload) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(Write.put(A, payload, Condition.anything())), NOW))
                .isInstanceOf(RegistryStore.WriteResult.Committed.class);
    }

    private static String read(SqliteStore store) throws StoreUnavailable {
        return store.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW)
                .get(A)
                .intact()
                .orElseThrow();
    }
}
