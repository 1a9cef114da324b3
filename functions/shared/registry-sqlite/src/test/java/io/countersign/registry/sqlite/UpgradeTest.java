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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format 1, as Countersign made it before records had checksums. */
class UpgradeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");
    private static final ItemKey B = new ItemKey("p", "b");

    @TempDir
    Path directory;

    private Path file = Path.of("registry.db");

    @BeforeEach
    void makeFormer() throws SQLException {
        file = directory.resolve("registry.db");
        FormerFile.make(file);
        try (Connection connection = connection()) {
            FormerFile.put(connection, A, 7, "{\"text\":\"snow ☃\"}", Optional.empty());
            FormerFile.put(connection, B, 8, "2", Optional.of(NOW.plusSeconds(60)));
        }
    }

    @Test
    void keepsExistingRecords() throws Exception {
        for (int opening = 0; opening < 2; opening++) {
            try (SqliteStore store = SqliteStore.open(file)) {
                Item a = get(store, A);
                assertThat(a.payload()).isEqualTo("{\"text\":\"snow ☃\"}");
                assertThat(a.version()).isEqualTo(7);
                assertThat(a.expiresAt()).isEmpty();
                assertThat(get(store, B).expiresAt()).contains(NOW.plusSeconds(60));
            }
            assertThat(pragma("user_version")).isEqualTo("2");
        }
        RawRows.in(file).set(A, "payload", "{\"text\":\"rain ☃\"}");
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(get(store, A).intact()).isEmpty();
        }
    }

    @Test
    void versionsGoOnWhereTheyWere() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            Transaction next = Transaction.of(Write.put(A, "new", Condition.versionEquals(7)));
            assertThat(store.write(next, NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
            assertThat(get(store, A).version()).isEqualTo(FormerFile.VERSIONS + 1);
        }
    }

    @Test
    void oneThatIsCutOffAfterAnyStepLeavesWhatStoodAndIsMadeByTheNextOpening() throws Exception {
        for (int steps = 0; steps <= Schema.Upgrade.STEPS.size(); steps++) {
            try (Connection cut = connection()) {
                Writer.execute(cut, "BEGIN IMMEDIATE");
                for (Schema.Upgrade step : Schema.Upgrade.STEPS.subList(0, steps)) {
                    step.make(cut);
                }
            }
            assertThat(pragma("user_version")).as(steps + " steps").isEqualTo("1");
        }
        keepsExistingRecords();
    }

    @Test
    void aProcessOfTheFormerVersionWritesNothingMore() throws Exception {
        try (Connection former = connection()) {
            SqliteStore.open(file).close();
            assertThatThrownBy(() -> FormerFile.put(former, A, 9, "unchecked", Optional.empty()))
                    .isInstanceOf(SQLException.class);
        }
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(get(store, A).version()).isEqualTo(7);
        }
    }

    @Test
    void aMarkThatWasSetBackDoesNotHaveChecksumsMadeAnew() throws Exception {
        SqliteStore.open(file).close();
        RawRows.in(file).set(A, "payload", "changed");
        try (Connection connection = connection()) {
            Writer.execute(connection, "PRAGMA user_version = 1");
        }
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("damaged");
    }

    private static Item get(SqliteStore store, ItemKey key) throws StoreUnavailable {
        return Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, NOW)
                        .get(key))
                .orElseThrow();
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
}
