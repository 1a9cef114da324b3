package io.countersign.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
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
}
