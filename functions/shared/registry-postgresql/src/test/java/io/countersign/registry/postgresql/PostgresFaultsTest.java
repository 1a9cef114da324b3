package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is silent, gone, full or another one: each call ends in its time, and all is well when it is well. */
@Tag("postgresql")
class PostgresFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
    private static final ItemKey KEY = new ItemKey("p", "1");
    private static final Duration BUDGET = Duration.ofSeconds(3);
    /** For a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final int CONNECTIONS = 12;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.make(CONNECTIONS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PostgresStore open() throws Exception {
        return new TestRegistry(server.newDatabase()).open(BUDGET);
    }

    @Test
    void aCallToASilentServerEndsInItsTimeAndTheNextOnesAtOnce() throws Exception {
        try (PostgresStore store = open()) {
            put(store, "1");
            server.hang();
            try {
                for (int i = 0; i < 5; i++) {
                    assertThat(time(() -> unavailable(() -> get(store)))).isLessThan(BUDGET.plus(SLACK));
                }
                long begun = System.nanoTime();
                int probes = 0;
                for (int i = 0; i < 20; i++) {
                    StoreUnavailable refusal = catchThrowableOfType(StoreUnavailable.class, () -> get(store));
                    if (!refusal.getMessage().contains("tried again in a second")) {
                        probes++;
                    }
                }
                // One probe a second, however long this thread has to wait for a processor in between.
                assertThat(probes).isLessThanOrEqualTo((int)
                        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
            } finally {
                server.goOn();
            }
            isWell(store);
        }
    }

    @Test
    void theDeadlineOfTheRequestCounts() throws Exception {
        try (PostgresStore store = open()) {
            put(store, "1");
            server.hang();
            try {
                Duration took = time(() -> CallDeadline.until(
                        System.nanoTime() + Duration.ofMillis(200).toNanos(), () -> {
                            unavailable(() -> put(store, "2"));
                            return "";
                        }));
                assertThat(took).isLessThan(Duration.ofMillis(200).plus(SLACK));
            } finally {
                server.goOn();
            }
            isWell(store);
        }
    }

    @Test
    void aServerThatIsStartedAnewIsFound() throws Exception {
        try (PostgresStore store = open()) {
            put(store, "1");
            for (int i = 0; i < 3; i++) {
                server.kill();
                for (int call = 0; call < 10; call++) {
                    assertThat(time(() -> unavailable(() -> get(store)))).isLessThan(BUDGET.plus(SLACK));
                }
                server.restart();
                isWell(store);
            }
        }
    }

    @Test
    void aReadOnABrokenConnectionIsMadeOnAnother() throws Exception {
        String url = server.newDatabase();
        TestRegistry registry = new TestRegistry(url);
        try (PostgresStore store = registry.open(BUDGET)) {
            put(store, "1");
            String database = url.substring(url.lastIndexOf('/') + 1);
            for (int i = 0; i < 5; i++) {
                registry.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                        + "' AND pid <> pg_backend_pid()");
                assertThat(get(store)).isEqualTo("1");
            }
        }
    }

    @Test
    void aServerWithoutAConnectionLeftIsReportedAndFoundAgain() throws Exception {
        String url = server.newDatabase();
        List<Connection> others = new ArrayList<>();
        try (PostgresStore store = new TestRegistry(url).open(BUDGET)) {
            server.execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'registry-%'");
            for (int i = 0; i < CONNECTIONS; i++) {
                try {
                    others.add(PostgresServer.connect(url));
                } catch (java.sql.SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("53300");
                }
            }
            assertThatThrownBy(() -> get(store))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("max_connections");
            for (Connection other : others) {
                other.close();
            }
            isWell(store);
        }
    }

    /** A name that leads elsewhere after a move, or a database that was made anew. */
    @Test
    void anotherRegistryAtTheSameAddressIsRefused() throws Exception {
        TestRegistry registry = new TestRegistry(server.newDatabase());
        try (PostgresStore store = registry.open(BUDGET)) {
            put(store, "1");
            registry.execute("UPDATE countersign.registry SET id = gen_random_uuid()");
            String database = registry.url().substring(registry.url().lastIndexOf('/') + 1);
            server.execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            assertThatThrownBy(() -> get(store))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("another registry");
        }
    }

    /** Whoever holds a row holds up no server process for longer than the call that waits. */
    @Test
    void aRowThatIsHeldEndsTheWaitInItsTimeOnBothSides() throws Exception {
        TestRegistry registry = new TestRegistry(server.newDatabase());
        try (PostgresStore store = registry.open(BUDGET);
                Connection holder = PostgresServer.connect(registry.url())) {
            put(store, "1");
            holder.setAutoCommit(false);
            PostgresServer.execute(holder, "SELECT * FROM countersign.item FOR UPDATE");
            assertThat(time(() -> unavailable(() -> put(store, "2")))).isLessThan(BUDGET.plus(SLACK));
            assertThat(get(store)).isEqualTo("1");
            long end = System.nanoTime() + BUDGET.plus(SLACK).toNanos();
            while (registry.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(50);
            }
            holder.rollback();
            put(store, "3");
        }
    }

    @Test
    void aClosedStoreIsNotUsed() throws Exception {
        PostgresStore store = open();
        store.close();
        store.close();
        assertThatThrownBy(() -> get(store)).hasMessageContaining("was closed");
    }

    private interface Call {
        void make() throws Exception;
    }

    private static void unavailable(Call call) {
        assertThatThrownBy(call::make).isInstanceOf(StoreUnavailable.class);
    }

    private static Duration time(Call call) throws Exception {
        long begun = System.nanoTime();
        call.make();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void isWell(PostgresStore store) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                get(store);
                put(store, "1");
                return;
            } catch (StoreUnavailable e) {
                assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(end);
                Thread.sleep(100);
            }
        }
    }

    private static String get(PostgresStore store) throws Exception {
        var found = store.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW);
        return found.containsKey(KEY) ? found.get(KEY).payload() : "";
    }

    private static void put(PostgresStore store, String payload) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(Write.put(KEY, payload, Condition.anything())), NOW))
                .isEqualTo(new RegistryStore.WriteResult.Committed());
    }
}
