package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a registry's tables come into being, and what is refused instead of being used. */
@Tag("postgresql")
class SchemaTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
    private static final ItemKey KEY = new ItemKey("p", "1");
    private static final Path SCHEMA = Path.of("..", "..", "..", "infra", "postgresql", "schema.sql");

    private TestRegistry registry = new TestRegistry("");

    @BeforeEach
    void make() throws Exception {
        registry = TestRegistry.make();
    }

    @Test
    void makesTheTablesOnceHoweverManyStartTogether() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                started.add(threads.submit(() -> {
                    registry.open().close();
                    return "";
                }));
            }
            for (Future<?> each : started) {
                each.get();
            }
        }
        assertThat(registry.number("SELECT count(*) FROM countersign.registry")).isOne();
    }

    @Test
    void keepsWhatIsThere() throws Exception {
        try (PostgresStore store = registry.open()) {
            put(store, "1");
        }
        try (PostgresStore store = registry.open()) {
            assertThat(store.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW))
                    .containsOnlyKeys(KEY);
        }
    }

    /** The statements of the document for a user that may not make them are those of the program. */
    @Test
    void aUserWithoutRightsUsesTheTablesThatItsOwnerMade() throws Exception {
        registry.execute(
                "DO $$ BEGIN CREATE ROLE countersign LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        PostgresLocation location = new PostgresLocation(
                ServerUrl.of(registry.url()), "countersign", Optional.empty(), TestRegistry.BUDGET);
        assertThatThrownBy(() -> PostgresStore.open(location, Seeds.secure()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("infra/postgresql/schema.sql");
        String sql = Files.readString(SCHEMA);
        assertThat(Schema.STEPS.stream().flatMap(List::stream))
                .allSatisfy(statement -> assertThat(sql).contains(statement + ";"));
        registry.execute(sql);
        try (PostgresStore store = PostgresStore.open(location, Seeds.secure())) {
            put(store, "1");
            assertThat(store.write(
                            Transaction.of(
                                    Write.delete(KEY, Condition.anything()),
                                    Write.check(new ItemKey("p", "2"), Condition.absent())),
                            NOW))
                    .isEqualTo(new RegistryStore.WriteResult.Committed());
        }
    }

    @Test
    void refusesANewerFormatAndChangesNothing() throws Exception {
        registry.open().close();
        registry.execute("UPDATE countersign.registry SET format = 2");
        refused("the format 2 and this Countersign knows formats up to 1");
        assertThat(registry.number("SELECT format FROM countersign.registry")).isEqualTo(2);
    }

    @Test
    void refusesTablesWithoutAMark() throws Exception {
        registry.open().close();
        registry.execute("DELETE FROM countersign.registry");
        refused("lost the mark");
    }

    @Test
    void refusesAServerThatAcknowledgesWhatItMayLose() throws Exception {
        String database = registry.url().substring(registry.url().lastIndexOf('/') + 1);
        registry.execute("ALTER DATABASE \"" + database + "\" SET synchronous_commit = off");
        refused("synchronous_commit is off");
    }

    @Test
    void needsNoSettingOfTheDatabase() throws Exception {
        String database = registry.url().substring(registry.url().lastIndexOf('/') + 1);
        registry.execute("ALTER DATABASE \"" + database + "\" SET default_transaction_isolation = serializable");
        registry.execute("ALTER DATABASE \"" + database + "\" SET statement_timeout = 1");
        try (Pool pool = new Pool(registry.location(TestRegistry.BUDGET), Pool.Use.ALL);
                Connection connection = pool.take()) {
            assertThat(shown(connection, "transaction_isolation")).isEqualTo("read committed");
            assertThat(shown(connection, "statement_timeout")).isEqualTo("30s");
        }
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aReaderMakesNothing() {
        assertThatThrownBy(() -> PostgresStore.openReadOnly(registry.location(TestRegistry.BUDGET), Seeds.secure()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("has no registry of this version");
    }

    @Test
    void theServerRefusesTheWritesOfAReader() throws Exception {
        registry.open().close();
        try (PostgresStore store = PostgresStore.openReadOnly(registry.location(TestRegistry.BUDGET), Seeds.secure())) {
            assertThat(store.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW))
                    .isEmpty();
            assertThatThrownBy(() -> put(store, "1"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("accepts no writes");
        }
        assertThat(registry.number("SELECT count(*) FROM countersign.item")).isZero();
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        String url = registry.url() + "-other";
        assertThatThrownBy(() -> new TestRegistry(url).open())
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("-other")
                .hasMessageContaining("does not exist");
    }

    private void refused(String part) {
        assertThatThrownBy(() -> registry.open())
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(part);
    }

    private static void put(PostgresStore store, String payload) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(Write.put(KEY, payload, Condition.anything())), NOW))
                .isEqualTo(new RegistryStore.WriteResult.Committed());
    }
}
