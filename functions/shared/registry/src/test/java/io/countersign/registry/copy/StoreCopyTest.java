package io.countersign.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreCopyTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
    private static final ItemKey KEY = new ItemKey("p", "1");

    private final MemoryStore source = new MemoryStore();
    private final MemoryStore target = new MemoryStore();

    @Test
    void everyItemIsCopiedWithItsExpiry() throws Exception {
        for (int i = 0; i < 250; i++) {
            put(source, Write.put(new ItemKey("p" + i % 3, "k" + i), "payload " + i, Condition.absent()));
        }
        put(source, Write.put(KEY, "expires", NOW.plusMillis(1), Condition.absent()));
        put(source, Write.put(new ItemKey("p", "2"), "expired", NOW, Condition.absent()));
        StoreCopy.Result result = copy();
        assertThat(result).isInstanceOf(StoreCopy.Result.Copied.class);
        Fingerprint copied = ((StoreCopy.Result.Copied) result).fingerprint();
        assertThat(copied.items()).isEqualTo(251);
        assertThat(copied).isEqualTo(Fingerprint.of(source, NOW)).isEqualTo(Fingerprint.of(target, NOW));
        assertThat(target.payloads()).hasSize(251).containsEntry(KEY, "expires");
        assertThat(target.scan(java.util.Optional.empty(), 1_000, NOW.plusMillis(1))
                        .items())
                .hasSize(250);
    }

    @Test
    void aTransactionsBoundsAreKept() throws Exception {
        for (int i = 0; i < 25; i++) {
            put(
                    source,
                    Write.put(new ItemKey("large", "k" + i), "x".repeat(Write.MAX_PAYLOAD_BYTES), Condition.absent()));
        }
        assertThat(copy()).isInstanceOf(StoreCopy.Result.Copied.class);
    }

    @Test
    void aTargetWithARecordIsNotWritten() throws Exception {
        put(source, Write.put(KEY, "1", Condition.absent()));
        put(target, Write.put(new ItemKey("other", "1"), "1", Condition.absent()));
        assertThat(copy()).isInstanceOf(StoreCopy.Result.TargetNotEmpty.class);
        assertThat(target.payloads()).hasSize(1);
    }

    @Test
    void aCopyThatWasInterruptedIsNotContinued() throws Exception {
        for (int i = 0; i < 250; i++) {
            put(source, Write.put(new ItemKey("p", "k" + i), "1", Condition.absent()));
        }
        target.diesAfter(1);
        assertThatThrownBy(this::copy).isInstanceOf(StoreUnavailable.class);
        target.diesAfter(Integer.MAX_VALUE);
        assertThat(copy()).isInstanceOf(StoreCopy.Result.TargetNotEmpty.class);
    }

    @Test
    void aCopyIsMarkedUntilBothStoresWereCompared() throws Exception {
        for (int i = 0; i < 250; i++) {
            put(source, Write.put(new ItemKey("p", "k" + i), "1", Condition.absent()));
        }
        // The mark, three transactions of items, and the removal of the mark.
        for (int written = 1; written <= 4; written++) {
            MemoryStore broken = new MemoryStore();
            broken.diesAfter(written);
            assertThatThrownBy(() -> new StoreCopy(source, broken, NOW).run()).isInstanceOf(StoreUnavailable.class);
            broken.diesAfter(Integer.MAX_VALUE);
            assertThat(CopyMark.isIn(broken, NOW)).as(written + " writes").isTrue();
        }
        copy();
        assertThat(CopyMark.isIn(target, NOW)).isFalse();
    }

    @Test
    void aCopyThatDiffersStaysMarked() throws Exception {
        put(source, Write.put(KEY, "1", Condition.absent()));
        ScannableStore watched =
                new Watched(target, () -> put(source, Write.put(new ItemKey("late", "1"), "1", Condition.anything())));
        assertThat(new StoreCopy(source, watched, NOW).run()).isInstanceOf(StoreCopy.Result.Different.class);
        assertThat(CopyMark.isIn(target, NOW)).isTrue();
    }

    @Test
    void whatIsNotFinishedIsNotCopied() throws Exception {
        put(source, Write.put(KEY, "1", Condition.absent()));
        put(source, Write.put(CopyMark.KEY, "{}", Condition.absent()));
        assertThat(copy()).isEqualTo(new StoreCopy.Result.SourceUnfinished());
        assertThat(target.payloads()).isEmpty();
    }

    @Test
    void aDamagedRecordEndsIt() throws Exception {
        put(source, Write.put(KEY, "1", Condition.absent()));
        source.spoil(KEY, before -> "2");
        assertThatThrownBy(this::copy).isInstanceOf(StoreUnavailable.UnreadableRecord.class);
    }

    @Test
    void everyPartOfAnItemChangesTheFingerprint() throws Exception {
        put(source, Write.put(KEY, "1", Condition.absent()));
        Fingerprint one = Fingerprint.of(source, NOW);
        for (Write other : java.util.List.of(
                Write.put(KEY, "2", Condition.absent()),
                Write.put(KEY, "1", NOW.plusMillis(1), Condition.absent()),
                Write.put(new ItemKey("p1", "x"), "1", Condition.absent()),
                Write.put(new ItemKey("p", "11"), "", Condition.absent()))) {
            MemoryStore store = new MemoryStore();
            put(store, other);
            assertThat(Fingerprint.of(store, NOW)).isNotEqualTo(one);
        }
    }

    private StoreCopy.Result copy() throws StoreUnavailable {
        return new StoreCopy(source, target, NOW).run();
    }

    private static void put(MemoryStore store, Write write) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(write), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
    }

    /** A store, and what another process does after each write to it. */
    private record Watched(ScannableStore store, Happening after) implements ScannableStore {
        interface Happening {
            void happen() throws StoreUnavailable;
        }

        @Override
        public WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
            WriteResult result = store.write(transaction, now);
            if (transaction.writes().getFirst().key().equals(KEY)) {
                after.happen();
            }
            return result;
        }

        @Override
        public Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) throws StoreUnavailable {
            return store.get(keys, consistency, now);
        }

        @Override
        public Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now)
                throws StoreUnavailable {
            return store.query(partition, after, limit, consistency, now);
        }

        @Override
        public Part scan(Optional<ItemKey> after, int limit, Instant now) throws StoreUnavailable {
            return store.scan(after, limit, now);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
