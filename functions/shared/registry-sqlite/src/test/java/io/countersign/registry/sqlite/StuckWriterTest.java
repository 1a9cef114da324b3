package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the write lock and does not go on, as one that was suspended. */
class StuckWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final int CALLERS = 24;

    /** The extra time of a busy machine. Behind one another, each with a wait of its own, so many writes took two minutes. */
    private static final Duration LEEWAY = Duration.ofSeconds(28);

    @TempDir
    Path directory;

    private SqliteStore store;
    private Connection stuck;

    @BeforeEach
    void hold() throws Exception {
        Path file = directory.resolve("registry.db");
        store = SqliteStore.open(file);
        assertThat(write(0)).isInstanceOf(RegistryStore.WriteResult.Committed.class);
        stuck = DriverManager.getConnection("jdbc:sqlite:" + file);
        Writer.execute(stuck, "BEGIN IMMEDIATE");
    }

    @AfterEach
    void close() throws Exception {
        stuck.close();
        store.close();
    }

    @Test
    void everyWriteEndsWithinOneDeadline() throws Exception {
        List<Duration> waits = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Duration>> writes = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                writes.add(threads.submit(() -> refused(number)));
            }
            for (Future<Duration> write : writes) {
                waits.add(write.get());
            }
        }
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThan(Writer.PATIENCE.plus(LEEWAY)));
    }

    @Test
    void readsGoOnMeanwhile() throws Exception {
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                threads.submit(() -> refused(number));
            }
            long begun = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(store.get(Set.of(key(0)), RegistryStore.Consistency.STRONG, NOW))
                        .hasSize(1);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LEEWAY);
        }
    }

    @Test
    void writesGoOnOnceTheLockIsFree() throws Exception {
        assertThat(refused(1)).isLessThan(Writer.PATIENCE.plus(LEEWAY));
        Writer.execute(stuck, "ROLLBACK");
        assertThat(write(1)).isInstanceOf(RegistryStore.WriteResult.Committed.class);
    }

    @Test
    void closingDoesNotWaitForever() throws Exception {
        try (var threads = Executors.newFixedThreadPool(1)) {
            threads.submit(() -> refused(1));
            long begun = System.nanoTime();
            store.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Writer.PATIENCE.plus(LEEWAY));
        }
    }

    /** How long the write took to be refused. */
    private Duration refused(int number) {
        long begun = System.nanoTime();
        try {
            throw new AssertionError("written: " + write(number));
        } catch (StoreUnavailable e) {
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private RegistryStore.WriteResult write(int number) throws StoreUnavailable {
        return store.write(Transaction.of(Write.put(key(number), "1", Condition.anything())), NOW);
    }

    private static ItemKey key(int number) {
        return new ItemKey("p", "k" + number);
    }
}
