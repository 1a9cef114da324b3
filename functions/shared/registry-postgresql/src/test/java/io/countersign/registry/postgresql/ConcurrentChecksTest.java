package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conditions on rows that are not there hold until the transaction commits, although such rows cannot be locked. */
@Tag("postgresql")
class ConcurrentChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
    private static final int ROUNDS = 200;

    /** Each of two writes its own key if the other's is not there: both would be a result of no order of the two. */
    @Test
    void ofTwoThatExcludeEachOtherOneIsMade() throws Exception {
        try (PostgresStore store = TestRegistry.make().open();
                var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                ItemKey left = new ItemKey("left", "k" + round);
                ItemKey right = new ItemKey("right", "k" + round);
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<RegistryStore.WriteResult>> results = new ArrayList<>();
                for (Transaction transaction : List.of(
                        Transaction.of(
                                Write.put(left, "1", Condition.absent()), Write.check(right, Condition.absent())),
                        Transaction.of(
                                Write.put(right, "1", Condition.absent()), Write.check(left, Condition.absent())))) {
                    results.add(threads.submit(() -> {
                        start.await();
                        return store.write(transaction, NOW);
                    }));
                }
                int made = 0;
                for (Future<RegistryStore.WriteResult> result : results) {
                    made += result.get() instanceof RegistryStore.WriteResult.Committed ? 1 : 0;
                }
                assertThat(store.get(Set.of(left, right), RegistryStore.Consistency.STRONG, NOW))
                        .hasSize(made);
                assertThat(made).as("round " + round).isLessThanOrEqualTo(1);
            }
        }
    }

    /** In any order of their writes, transactions on the same keys do not end in a deadlock. */
    @Test
    void transactionsInAnyOrderWaitForEachOtherAndNotInACircle() throws Exception {
        TestRegistry registry = TestRegistry.make();
        try (PostgresStore store = registry.open();
                var threads = Executors.newFixedThreadPool(8)) {
            List<ItemKey> keys = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                keys.add(new ItemKey("p" + i % 3, "k" + i));
            }
            List<Future<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                RandomGenerator random = Seeds.random("writer" + writer);
                writers.add(threads.submit(() -> {
                    int made = 0;
                    for (int i = 0; i < 50; i++) {
                        List<ItemKey> shuffled = new ArrayList<>(keys);
                        Collections.shuffle(shuffled, random);
                        List<Write> writes = shuffled.stream()
                                .map(key -> Write.put(key, "1", Condition.anything()))
                                .toList();
                        made += store.write(new Transaction(writes), NOW) instanceof RegistryStore.WriteResult.Committed
                                ? 1
                                : 0;
                    }
                    return made;
                }));
            }
            for (Future<Integer> writer : writers) {
                assertThat(writer.get()).isEqualTo(50);
            }
            assertThat(registry.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                    .isZero();
        }
    }

    @Test
    void aCheckOfWhatIsNotThereLeavesNothingBehind() throws Exception {
        TestRegistry registry = TestRegistry.make();
        try (PostgresStore store = registry.open()) {
            ItemKey key = new ItemKey("p", "1");
            for (Write write : List.of(
                    Write.check(key, Condition.absent()),
                    Write.check(key, Condition.absentOrExpired()),
                    Write.check(key, Condition.anything()),
                    Write.delete(key, Condition.absent()),
                    Write.delete(key, Condition.anything()))) {
                assertThat(store.write(Transaction.of(write), NOW))
                        .isEqualTo(new RegistryStore.WriteResult.Committed());
                assertThat(registry.number("SELECT count(*) FROM countersign.item"))
                        .isZero();
            }
        }
    }
}
