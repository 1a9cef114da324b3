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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("registry.db");
    }

    @Test
    void keepsWritesAfterReopening() throws StoreUnavailable {
        try (SqliteStore store = SqliteStore.open(file)) {
            put(store, "1");
        }
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(get(store, NOW)).containsKey(A);
        }
    }

    @Test
    void restrictsAllFilesToTheOwner() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            put(store, "1");
            try (var files = Files.list(directory)) {
                assertThat(files.toList())
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(
                                each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void everyCommitIsFlushedToTheWriteAheadLog() throws Exception {
        DatabaseFile database = DatabaseFile.prepare(file);
        try (Connection writing = database.writing();
                Connection reading = database.reading()) {
            for (Connection connection : new Connection[] {writing, reading}) {
                assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
                assertThat(pragma(connection, "synchronous")).isEqualTo("2");
                assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
            }
            assertThat(pragma(reading, "query_only")).isEqualTo("1");
        }
    }

    @Test
    void aBatchIsReadThroughTheIndex() throws Exception {
        try (Connection reading = DatabaseFile.prepare(file).reading();
                var statement = reading.createStatement();
                var rows = statement.executeQuery("EXPLAIN QUERY PLAN WITH wanted (partition, sort) AS (VALUES"
                        + " ('a','b'),('c','d')) SELECT item.payload FROM wanted CROSS JOIN item"
                        + " ON item.partition = wanted.partition AND item.sort = wanted.sort")) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
            assertThat(plan.toString()).contains("SEARCH item USING INDEX").doesNotContain("SCAN item");
        }
    }

    @Test
    void aFileOfSomethingElseIsRefusedAndLeftAsItIs() throws Exception {
        byte[] text = "this is no database at all, but a text that is long enough to be taken for one\n"
                .repeat(50)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(file, text);
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is not a registry");
        assertThat(Files.readAllBytes(file)).isEqualTo(text);
    }

    @Test
    void theDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            other.createStatement().execute("CREATE TABLE item (mine TEXT)");
        }
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("another program");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        SqliteStore.open(file).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute("PRAGMA user_version = 9");
        }
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            for (int i = 0; i < 200; i++) {
                store.write(
                        Transaction.of(Write.put(new ItemKey("p", "k" + i), "x".repeat(500), Condition.absent())), NOW);
            }
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] noise = new byte[8 * 4096];
            Arrays.fill(noise, (byte) 0x5a);
            bytes.seek(2 * 4096);
            bytes.write(noise);
        }
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aFileThatCannotBeMadeIsRefused() {
        assertThatThrownBy(() -> SqliteStore.open(directory.resolve("missing").resolve("registry.db")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("cannot be made");
        assertThatThrownBy(() -> SqliteStore.open(directory)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void twoStoresOnOneFileSeeEachOther() throws StoreUnavailable {
        try (SqliteStore one = SqliteStore.open(file);
                SqliteStore other = SqliteStore.open(file)) {
            put(one, "1");
            Item seen = get(other, NOW).get(A);
            assertThat(seen.intact().orElseThrow()).isEqualTo("1");
            Transaction next = Transaction.of(Write.put(A, "2", Condition.versionEquals(seen.version())));
            assertThat(other.write(next, NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
            assertThat(one.write(next, NOW)).isInstanceOf(RegistryStore.WriteResult.Conflict.class);
            assertThat(get(one, NOW).get(A).intact().orElseThrow()).isEqualTo("2");
        }
    }

    @Test
    void manyFirstOpeningsAtOnceAllFindOneRegistry() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path each = directory.resolve("registry-" + round + ".db");
            CyclicBarrier start = new CyclicBarrier(8);
            List<Future<Boolean>> opened = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < 8; i++) {
                    ItemKey key = new ItemKey("opener", "o" + i);
                    opened.add(threads.submit(() -> {
                        start.await();
                        try (SqliteStore store = SqliteStore.open(each)) {
                            return store.write(Transaction.of(Write.put(key, "1", Condition.absent())), NOW)
                                    instanceof RegistryStore.WriteResult.Committed;
                        }
                    }));
                }
            }
            for (Future<Boolean> one : opened) {
                assertThat(one.get()).isTrue();
            }
            try (SqliteStore store = SqliteStore.open(each)) {
                assertThat(store.query("opener", Optional.empty(), 100, RegistryStore.Consistency.STRONG, NOW)
                                .items())
                        .hasSize(8);
            }
        }
    }

    @Test
    void aFirstOpeningWaitsForTheWriteLockOfAnother() throws Exception {
        Files.createFile(file);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var thread = Executors.newSingleThreadExecutor()) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            Future<SqliteStore> opened = thread.submit(() -> SqliteStore.open(file));
            assertThatThrownBy(() -> opened.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            other.createStatement().execute("ROLLBACK");
            try (SqliteStore store = opened.get()) {
                put(store, "1");
            }
        }
    }

    @Test
    void anOpeningOfARegistryWaitsForNoWriter() throws Exception {
        SqliteStore.open(file).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            try (SqliteStore store = SqliteStore.open(file)) {
                assertThat(get(store, NOW)).isEmpty();
            }
        }
    }

    @Test
    void aClosedStoreRefusesAndClosesAgain() throws StoreUnavailable {
        SqliteStore store = SqliteStore.open(file);
        store.close();
        store.close();
        assertThatThrownBy(() -> get(store, NOW)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> put(store, "1")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void expiredItemsAreClearedAwayADayLater() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.write(Transaction.of(Write.put(A, "1", NOW, Condition.absent())), NOW);
            ItemKey other = new ItemKey("p", "b");
            store.write(Transaction.of(Write.put(other, "1", Condition.anything())), NOW.plus(Duration.ofHours(23)));
            assertThat(rows()).isEqualTo(2);
            store.write(Transaction.of(Write.put(other, "2", Condition.anything())), NOW.plus(Duration.ofHours(25)));
            assertThat(rows()).isEqualTo(1);
        }
    }

    private int rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var row = connection.createStatement().executeQuery("SELECT count(*) FROM item")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (var row = connection.createStatement().executeQuery("PRAGMA " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void put(SqliteStore store, String payload) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(Write.put(A, payload, Condition.anything())), NOW))
                .isEqualTo(new RegistryStore.WriteResult.Committed());
    }

    private static Map<ItemKey, Item> get(SqliteStore store, Instant now) throws StoreUnavailable {
        return store.get(Set.of(A), RegistryStore.Consistency.STRONG, now);
    }
}
