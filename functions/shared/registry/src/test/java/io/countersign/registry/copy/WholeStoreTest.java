package io.countersign.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WholeStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
    private static final ItemKey KEY = new ItemKey("p", "1");
    private static final ItemKey ABSENT = new ItemKey("p", "2");
    private static final Set<ItemKey> BOTH = Set.of(KEY, CopyMark.KEY);

    private final MemoryStore memory = new MemoryStore();
    private final List<Set<ItemKey>> batches = new ArrayList<>();
    private final WholeStore store = new WholeStore(new Watched());

    /** Notes the keys of each batch. */
    private final class Watched implements RegistryStore {
        @Override
        public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            batches.add(keys);
            if (keys.contains(CopyMark.KEY)) {
                assertThat(consistency).isEqualTo(RegistryStore.Consistency.STRONG);
            }
            return memory.get(keys, consistency, now);
        }

        @Override
        public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
            return memory.write(transaction, now);
        }

        @Override
        public RegistryStore.Page query(
                String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            return memory.query(partition, after, limit, consistency, now);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private void fill() throws StoreUnavailable {
        memory.write(put(), NOW);
    }

    private static Transaction put() {
        return Transaction.of(Write.put(KEY, "1", Condition.anything()));
    }

    private Set<ItemKey> found(ItemKey key) throws StoreUnavailable {
        return store.get(Set.of(key), RegistryStore.Consistency.EVENTUAL, NOW).keySet();
    }

    @Test
    void twoBatchesReadTheMarkWithTheirRecordsAndNoLaterOneDoes() throws Exception {
        fill();
        for (int i = 0; i < 4; i++) {
            assertThat(found(KEY)).containsExactly(KEY);
        }
        assertThat(batches).containsExactly(BOTH, BOTH, Set.of(KEY), Set.of(KEY));
    }

    @Test
    void aPartOfARegistryIsNotReadUntilTheCopyHasEnded() throws Exception {
        memory.write(CopyMark.set(), NOW);
        fill();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> found(KEY))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessage("CopyUnfinished: " + CopyMark.UNFINISHED);
            assertThatThrownBy(() -> store.query("p", Optional.empty(), 1, RegistryStore.Consistency.STRONG, NOW))
                    .hasMessageStartingWith("CopyUnfinished: ");
            assertThatThrownBy(() -> store.write(put(), NOW)).hasMessageStartingWith("CopyUnfinished: ");
        }
        memory.write(CopyMark.remove(), NOW);
        assertThat(found(KEY)).containsExactly(KEY);
    }

    /** A process that began to ask before the copy did. */
    @Test
    void aCopyThatBeginsLaterIsSeen() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(found(ABSENT)).isEmpty();
        }
        memory.write(CopyMark.set(), NOW);
        fill();
        assertThatThrownBy(() -> found(KEY)).isInstanceOf(StoreUnavailable.class);
    }

    /** Of two records of a batch each may be of another moment: the mark's before it was written, the other's after. */
    @Test
    void aCopyThatBeginsWithinTheFirstBatchIsSeenByTheSecond() throws Exception {
        fill();
        assertThat(found(KEY)).containsExactly(KEY);
        memory.write(CopyMark.set(), NOW);
        assertThatThrownBy(() -> found(KEY)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aBatchThatIsFullHasTheMarkReadBefore() throws Exception {
        Set<ItemKey> full = IntStream.range(0, RegistryStore.MAX_KEYS)
                .mapToObj(i -> new ItemKey("p", "" + i))
                .collect(Collectors.toSet());
        fill();
        for (int i = 0; i < 3; i++) {
            assertThat(store.get(full, RegistryStore.Consistency.STRONG, NOW)).containsOnlyKeys(KEY);
        }
        assertThat(batches).containsExactly(Set.of(CopyMark.KEY), full, Set.of(CopyMark.KEY), full, full);
    }

    @Test
    void pagesAndWritesReadTheMarkAndNoLongerOnceRecordsWereFound() throws Exception {
        fill();
        for (int i = 0; i < 3; i++) {
            assertThat(store.query("p", Optional.empty(), 1, RegistryStore.Consistency.STRONG, NOW)
                            .items())
                    .hasSize(1);
        }
        store.write(put(), NOW);
        assertThat(batches).containsExactly(Set.of(CopyMark.KEY), Set.of(CopyMark.KEY));
    }

    @Test
    void noKeysCostNoRead() throws Exception {
        assertThat(store.get(Set.of(), RegistryStore.Consistency.STRONG, NOW)).isEmpty();
        assertThat(batches).isEmpty();
    }
}
