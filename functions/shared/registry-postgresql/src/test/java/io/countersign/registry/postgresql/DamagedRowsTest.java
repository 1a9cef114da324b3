package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each column of a stored record, changed: the result is the record as it was, or a damaged one. */
@Tag("postgresql")
class DamagedRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");
    private static final ItemKey A = new ItemKey("nonce/Zoë", "4711");
    private static final ItemKey B = new ItemKey("p", "b");
    private static final String PAYLOAD = "{\"of\":\"Zoë 中\"}";

    private TestRegistry registry = new TestRegistry("");
    private PostgresStore store;

    @BeforeEach
    void open() throws Exception {
        registry = TestRegistry.make();
        store = registry.open();
        write(Write.put(A, PAYLOAD, NOW.plusSeconds(60), Condition.absent()));
        write(Write.put(B, "1", Condition.absent()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void findsEachFlippedByteOfThePayload() throws Exception {
        byte[] bytes = Bytes.of(PAYLOAD);
        for (int flip : new int[] {0x01, 0x80, 0xFF}) {
            for (int i = 0; i < bytes.length; i++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) flip;
                registry.update(A, "payload = ?", changed);
                assertThat(read(A).intact()).as("byte " + i + " by " + flip).isEmpty();
            }
        }
        registry.update(A, "payload = ?", bytes);
        assertThat(read(A).payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void findsEachOtherColumnThatChanged() throws Exception {
        for (String set : List.of(
                "version = version + 1", "checksum = checksum + 1", "expires = NULL", "expires = expires + 1")) {
            TestRegistry own = TestRegistry.make();
            try (PostgresStore other = own.open()) {
                other.write(Transaction.of(Write.put(A, PAYLOAD, NOW.plusSeconds(60), Condition.absent())), NOW);
                own.update(A, set);
                Item item = other.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW)
                        .get(A);
                assertThat(item.intact()).as(set).isEmpty();
            }
        }
    }

    /** It might be a used nonce: a damaged expiry gives nothing away. */
    @Test
    void aConditionOnADamagedRecordIsNotDecided() throws Exception {
        registry.update(A, "expires = ?", NOW.minusSeconds(60).toEpochMilli());
        Write again = Write.put(A, "2", NOW.plusSeconds(60), Condition.absentOrExpired());
        unreadable(again);
        unreadable(again, Write.put(new ItemKey("p", "c"), "1", Condition.absent()));
        unreadable(Write.delete(A, Condition.versionEquals(1)));
        unreadable(Write.check(A, Condition.absentOrExpired()));
        assertThat(store.get(Set.of(new ItemKey("p", "c")), RegistryStore.Consistency.STRONG, NOW))
                .isEmpty();
        write(Write.put(A, "3", Condition.anything()));
        assertThat(read(A).payload()).isEqualTo("3");
    }

    @Test
    void aRowWithAKeyThatNoItemHasIsReportedAsDamage() throws Exception {
        registry.update(B, "sort = ?", new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> store.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void theUpkeepRemovesWhatExpiredADayAgoAndKeepsDamagedRows() throws Exception {
        for (int i = 0; i < 5; i++) {
            write(Write.put(new ItemKey("old", "k" + i), "1", NOW, Condition.absent()));
        }
        registry.update(new ItemKey("old", "k0"), "payload = ?", Bytes.of("2"));
        registry.update(B, "expires = ?", 1L);
        Instant later = NOW.plus(Duration.ofDays(1)).plusMillis(1);
        try (var connection = PostgresServer.connect(registry.url())) {
            assertThat(ExpiredRows.clear(connection, NOW.plus(Duration.ofDays(1))))
                    .isZero();
            assertThat(ExpiredRows.clear(connection, later)).isEqualTo(4);
            assertThat(ExpiredRows.clear(connection, later)).isZero();
        }
        assertThat(registry.number("SELECT count(*) FROM countersign.item")).isEqualTo(3);
    }

    @Test
    void aWriteBeginsTheUpkeep() throws Exception {
        write(Write.put(new ItemKey("old", "k"), "1", NOW, Condition.absent()));
        Instant later = NOW.plus(Duration.ofDays(2));
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (registry.number("SELECT count(*) FROM countersign.item") > 3
                || registry.number("SELECT count(*) FROM countersign.item WHERE sort = 'k'") > 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            store.write(Transaction.of(Write.put(B, "2", Condition.anything())), later);
            Thread.sleep(100);
        }
    }

    private Item read(ItemKey key) throws StoreUnavailable {
        return store.get(Set.of(key), RegistryStore.Consistency.STRONG, NOW).get(key);
    }

    private void write(Write write) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(write), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
    }

    private void unreadable(Write... writes) {
        assertThatThrownBy(() -> store.write(Transaction.of(writes), NOW))
                .isInstanceOf(StoreUnavailable.UnreadableRecord.class);
    }
}
