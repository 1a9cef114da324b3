package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file may have any name that the file system takes, whatever the driver or SQLite reads into it. */
class FileNamesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?b",
                "?",
                "a?mode=memory",
                "a?journal_mode=off&b",
                "a?immutable=1",
                "a#b",
                "a%41b",
                "a%00b",
                "100%",
                "a b",
                " ",
                "file:a",
                "file::memory:",
                ":memory:",
                ":resource:a",
                "mode=memory",
                "a;b&c=d",
                "a+b",
                "a\\b",
                "a'b\"c",
                "a\nb",
                "-a",
                "ü☃"
            })
    void eachNameIsOneOfAFile(String name) throws Exception {
        Path among = Files.createDirectory(directory.resolve(name));
        Path file = among.resolve(name);
        try (SqliteStore store = SqliteStore.open(file)) {
            Transaction transaction = Transaction.of(Write.put(A, name, Condition.absent()));
            assertThat(store.write(transaction, NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
        }
        assertThat(Files.size(file)).isPositive();
        try (SqliteStore store = SqliteStore.open(file)) {
            holds(store, name);
        }
        try (SqliteArchive archive = SqliteArchive.open(file)) {
            holds(archive, name);
        }
        try (var made = Files.list(among)) {
            assertThat(made).containsExactly(file);
        }
        try (var made = Files.list(directory)) {
            assertThat(made).containsExactly(among);
        }
    }

    private static void holds(RegistryStore store, String payload) throws Exception {
        assertThat(store.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW)
                        .get(A)
                        .intact())
                .contains(payload);
    }
}
