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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of a stored record, changed one by one: what comes back is the record as it was, or a damaged one. */
class DamagedRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("revocation/role/4711", "revocation");
    private static final ItemKey B = new ItemKey("p", "b");
    private static final String PAYLOAD = "{\"revokedBefore\":\"2026-11-22T02:59:00Z\",\"of\":\"Zoë 中\"}";

    @TempDir
    Path directory;

    private RawRows rows = RawRows.in(Path.of("."));
    private SqliteStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        Path file = directory.resolve("registry.db");
        store = SqliteStore.open(file);
        rows = RawRows.in(file);
        write(Write.put(A, PAYLOAD, NOW.plusSeconds(3_600), Condition.absent()));
        write(Write.put(B, "1", Condition.absent()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFlippedByteOfTheTextIsFound() throws Exception {
        byte[] bytes = rows.bytes(A, "payload");
        for (int flip : new int[] {0x01, 0x20, 0x80, 0xFF}) {
            for (int i = 0; i < bytes.length; i++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) flip;
                rows.setText(A, "payload", changed);
                assertDamaged("byte " + i + " by " + flip);
            }
        }
        rows.setText(A, "payload", bytes);
        assertIntact();
    }

    @Test
    void aFlippedByteOfANumberIsFound() throws Exception {
        for (String column : List.of("version", "expires", "checksum")) {
            long number = rows.number(A, column);
            for (int bit = 0; bit < 64; bit++) {
                rows.set(A, column, number ^ 1L << bit);
                assertDamaged(column + " bit " + bit);
            }
            rows.set(A, column, number);
            assertIntact();
        }
        rows.clear(A, "expires");
        assertDamaged("no expiry");
    }

    @Test
    void detectsAFlippedByteOfTheKey() throws Exception {
        ItemKey at = A;
        for (int i = 0; i < A.partition().length(); i++) {
            char[] changed = A.partition().toCharArray();
            changed[i] ^= 1;
            ItemKey moved = new ItemKey(new String(changed), A.sort());
            rows.set(at, "partition", moved.partition());
            at = moved;
            assertThat(get(moved).intact()).as(moved.partition()).isEmpty();
        }
    }

    @Test
    void anotherRecordsTextIsFound() throws Exception {
        write(Write.put(B, PAYLOAD.replace("02:59", "01:59"), NOW.plusSeconds(3_600), Condition.anything()));
        rows.setText(A, "payload", rows.bytes(B, "payload"));
        rows.set(A, "version", rows.number(B, "version"));
        rows.set(A, "checksum", rows.number(B, "checksum"));
        assertThat(get(A).intact()).isEmpty();
    }

    @Test
    void aDamagedNonceIsNotUsedAgain() throws Exception {
        Write use = Write.put(A, "{}", NOW.plusSeconds(900), Condition.absentOrExpired());
        rows.set(A, "expires", NOW.minusSeconds(1).toEpochMilli());
        assertThatThrownBy(() -> store.write(Transaction.of(use), NOW))
                .isInstanceOf(StoreUnavailable.UnreadableRecord.class)
                .hasMessageContaining("revocation/role/4711 revocation")
                .hasMessageContaining("checksum");
    }

    @Test
    void noConditionRestsOnADamagedRecord() throws Exception {
        long version = get(A).version();
        rows.set(A, "payload", PAYLOAD.replace('5', '6'));
        Transaction other = Transaction.of(
                Write.check(A, Condition.versionEquals(version)), Write.put(B, "2", Condition.anything()));
        assertThatThrownBy(() -> store.write(other, NOW)).isInstanceOf(StoreUnavailable.UnreadableRecord.class);
        assertThat(get(B).payload()).isEqualTo("1");
    }

    @Test
    void aDamagedExpiryIsNotClearedAwayAndHoldsUpNoOther() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(2));
        for (int i = 0; i < 60; i++) {
            ItemKey key = new ItemKey("damaged", "d" + i);
            write(Write.put(key, "1", later.plusSeconds(60), Condition.absent()));
            rows.set(key, "expires", NOW.minus(Duration.ofDays(30)).toEpochMilli());
        }
        ItemKey gone = new ItemKey("gone", "g");
        write(Write.put(gone, "1", NOW, Condition.absent()));
        store.write(Transaction.of(Write.put(B, "2", Condition.anything())), later);
        assertThat(rows.count("partition = 'damaged'")).isEqualTo(60);
        assertThat(rows.count("partition = 'gone'")).isZero();
    }

    private void assertDamaged(String what) throws StoreUnavailable {
        assertThat(get(A).intact()).as(what).isEmpty();
        assertThat(get(B).intact()).as(what).contains("1");
        assertThat(store.query(A.partition(), Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                        .items())
                .as(what)
                .singleElement()
                .satisfies(item -> assertThat(item.intact()).isEmpty());
    }

    private void assertIntact() throws StoreUnavailable {
        assertThat(get(A).intact()).contains(PAYLOAD);
    }

    private Item get(ItemKey key) throws StoreUnavailable {
        return Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, NOW)
                        .get(key))
                .orElseThrow();
    }

    private void write(Write write) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(write), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
    }
}
