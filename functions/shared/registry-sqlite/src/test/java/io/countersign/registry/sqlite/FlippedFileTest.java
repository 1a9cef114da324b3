package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of the file itself, flipped where a record and its key stand in the table and in the index: the record is never missing, and never another. */
class FlippedFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey KEY = new ItemKey("revocation/role/4711", "revocation");
    private static final String PAYLOAD = "{\"revokedBefore\":\"2026-11-22T02:59:00Z\"}";

    @TempDir
    Path directory;

    private Path file = Path.of("registry.db");
    private byte[] whole = new byte[0];

    @BeforeEach
    void make() throws Exception {
        file = directory.resolve("registry.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            for (ItemKey key : List.of(new ItemKey("bucket/a", "bucket"), KEY, new ItemKey("user/z", "user"))) {
                store.write(Transaction.of(Write.put(key, PAYLOAD, NOW.plusSeconds(3_600), Condition.absent())), NOW);
            }
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void noFlippedByteHasTheRecordMissing() throws Exception {
        List<Integer> places = places(KEY.partition());
        // In the table and in the index.
        assertThat(places).hasSizeGreaterThanOrEqualTo(2);
        int refused = 0;
        for (int place : places) {
            int end = Math.min(
                    whole.length, place + KEY.partition().length() + KEY.sort().length() + PAYLOAD.length());
            // From the head of the row on: the lengths and types of its columns.
            for (int at = place - 12; at < end; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 0x01;
                Files.write(file, flipped);
                refused += judged(at) ? 0 : 1;
            }
        }
        assertThat(refused).isPositive();
    }

    /** @return whether the record could be read */
    private boolean judged(int at) {
        try (SqliteStore store = SqliteStore.open(file)) {
            Item item = Optional.ofNullable(store.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW)
                            .get(KEY))
                    .orElseThrow(() -> new AssertionError("missing after a flip of byte " + at));
            item.intact().ifPresent(text -> assertThat(text).as("byte " + at).isEqualTo(PAYLOAD));
            return item.intact().isPresent();
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    private List<Integer> places(String text) {
        String bytes = new String(whole, StandardCharsets.ISO_8859_1);
        List<Integer> places = new ArrayList<>();
        for (int at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
            places.add(at);
        }
        return places;
    }
}
