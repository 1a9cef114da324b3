package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The round trips of each kind of call: what docs/store-cost.md says. */
@Tag("postgresql")
class StatementCostTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");

    private final AtomicInteger trips = new AtomicInteger();
    private TestRegistry registry = new TestRegistry("");

    @BeforeEach
    void make() throws Exception {
        registry = TestRegistry.make();
        registry.open().close();
    }

    @Test
    void aBatchOfAHundredKeysIsOneRoundTrip() throws Exception {
        Set<ItemKey> keys =
                IntStream.range(0, 100).mapToObj(i -> new ItemKey("p" + i, "k")).collect(Collectors.toSet());
        assertThat(trips(connection -> Rows.get(connection, keys, NOW))).isOne();
    }

    @Test
    void aPageIsOneRoundTrip() throws Exception {
        assertThat(trips(connection -> Rows.page(connection, "p", Optional.empty(), 100, NOW)))
                .isOne();
    }

    @Test
    void aPutThatItsStatementDecidesIsOneRoundTrip() throws Exception {
        for (Condition condition : List.of(Condition.absent(), Condition.absentOrExpired(), Condition.anything())) {
            Write.Put put = new Write.Put(new ItemKey("p", condition.toString()), "1", Optional.empty(), condition);
            assertThat(trips(connection -> PostgresStore.isMade(new Statements(connection, 1), put, NOW)))
                    .isOne();
        }
        Write.Put next = new Write.Put(
                new ItemKey("p", Condition.absent().toString()), "2", Optional.empty(), Condition.versionEquals(1));
        assertThat(trips(connection -> PostgresStore.isMade(new Statements(connection, 2), next, NOW)))
                .isOne();
    }

    /** One for the rows with their locks, one for each kind of write, one for the commit; BEGIN goes along with the first. */
    @Test
    void aTransactionIsThreeToFiveRoundTripsWhateverItsSize() throws Exception {
        assertThat(transaction(List.of(put("a", Condition.absent()), put("b", Condition.absent()))))
                .isEqualTo(3);
        List<Write> puts = new java.util.ArrayList<>(IntStream.range(0, 97)
                .mapToObj(i -> put("k" + i, Condition.absent()))
                .toList());
        puts.add(put("a", Condition.anything()));
        puts.add(Write.delete(new ItemKey("p", "b"), Condition.anything()));
        assertThat(transaction(puts)).isEqualTo(5);
    }

    private int transaction(List<Write> writes) throws Exception {
        return trips(connection -> assertThat(new Changes(connection, 7, NOW).make(new Transaction(writes)))
                .isEqualTo(new RegistryStore.WriteResult.Committed()));
    }

    private static Write put(String sort, Condition condition) {
        return Write.put(new ItemKey("p", sort), "1", condition);
    }

    private interface Work {
        Object with(Connection connection) throws Exception;
    }

    private int trips(Work work) throws Exception {
        trips.set(0);
        try (Connection connection = PostgresServer.connect(registry.url())) {
            Object unused = work.with(counting(Connection.class, connection));
        }
        return trips.get();
    }

    /** Counts what waits for the server. */
    private <T> T counting(Class<T> type, T of) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")
                            || method.getName().equals("commit")) {
                        trips.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(of, arguments);
                        return result instanceof PreparedStatement statement
                                ? counting(PreparedStatement.class, statement)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
