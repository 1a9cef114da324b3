package io.countersign.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every store. */
public abstract class RegistryStoreContract {
    protected static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final int WRITERS = 16;
    private static final int USERS = 64;
    private static final ItemKey A = new ItemKey("p", "a");
    private static final ItemKey B = new ItemKey("p", "b");
    private static final ItemKey C = new ItemKey("p", "c");

    private RegistryStore store;

    /** A new, empty store. */
    protected abstract RegistryStore open() throws Exception;

    /** Changes the record as a broken disk would: the checksum stays. */
    protected abstract void spoil(ItemKey key, String payload) throws Exception;

    /** As {@link #spoil}: another expiry. */
    protected abstract void spoilExpiry(ItemKey key, Instant expiresAt) throws Exception;

    /** As {@link #spoil}: the record is under another key from now on. */
    protected abstract void move(ItemKey from, ItemKey to) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void findsAWrittenItemOnlyByItsWholeKey() throws Exception {
        String payload = "{\"text\":\"snow ☃ 中 \\u0000 ' \\\" %\"}";
        commit(Write.put(A, payload, Condition.absent()));
        Item item = read(A).orElseThrow();
        assertThat(item.key()).isEqualTo(A);
        assertThat(item.payload()).isEqualTo(payload);
        assertThat(item.expiresAt()).isEmpty();
        assertThat(get(Set.of(A, B))).containsOnlyKeys(A);
        assertThat(get(Set.of())).isEmpty();
        assertThat(store.get(Set.of(A), RegistryStore.Consistency.EVENTUAL, NOW))
                .containsOnlyKeys(A);
    }

    @Test
    void keysDifferInEitherPartAndInCase() throws Exception {
        List<ItemKey> keys = List.of(
                new ItemKey("x", "y"),
                new ItemKey("X", "y"),
                new ItemKey("x", "Y"),
                new ItemKey("xy", "y"),
                new ItemKey("x", "yy"),
                new ItemKey("x", "y "),
                new ItemKey("x", "y\u0000"),
                new ItemKey("x", "ÿ"));
        for (ItemKey key : keys) {
            commit(Write.put(key, "\"" + key.sort() + "\"", Condition.absent()));
        }
        assertThat(get(new HashSet<>(keys))).hasSize(keys.size());
    }

    @Test
    void aHundredKeysAreOneBatchAndMoreAreRefused() throws Exception {
        Set<ItemKey> keys = new HashSet<>(keys(100));
        commit(keys.stream().map(key -> Write.put(key, "1", Condition.absent())).toList());
        assertThat(get(keys)).hasSize(100);
        keys.add(A);
        assertThatThrownBy(() -> get(keys)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void absentHoldsOnce() throws Exception {
        commit(Write.put(A, "1", Condition.absent()));
        conflict(List.of(A), Write.put(A, "2", Condition.absent()));
        assertThat(read(A).orElseThrow().payload()).isEqualTo("1");
    }

    @Test
    void versionEqualsHoldsOnlyForTheLastWrite() throws Exception {
        commit(Write.put(A, "1", Condition.absent()));
        long first = read(A).orElseThrow().version();
        commit(Write.put(A, "2", Condition.versionEquals(first)));
        conflict(List.of(A), Write.put(A, "3", Condition.versionEquals(first)));
        conflict(List.of(B), Write.put(B, "3", Condition.versionEquals(first)));
        assertThat(read(A).orElseThrow().payload()).isEqualTo("2");
    }

    @Test
    void aVersionNeverComesBackEvenAfterADelete() throws Exception {
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            commit(Write.put(A, "same", Condition.anything()));
            assertThat(versions.add(read(A).orElseThrow().version())).isTrue();
            commit(Write.put(A, "same", Condition.anything()));
            assertThat(versions.add(read(A).orElseThrow().version())).isTrue();
            commit(Write.delete(A, Condition.anything()));
        }
    }

    @Test
    void aDeleteKeepsToItsCondition() throws Exception {
        commit(Write.delete(A, Condition.anything()));
        commit(Write.put(A, "1", Condition.absent()));
        long version = read(A).orElseThrow().version();
        conflict(List.of(A), Write.delete(A, Condition.versionEquals(version + 1)));
        commit(Write.delete(A, Condition.versionEquals(version)));
        assertThat(read(A)).isEmpty();
        conflict(List.of(A), Write.delete(A, Condition.versionEquals(version)));
    }

    @Test
    void aCheckChangesNothingButMustHold() throws Exception {
        commit(Write.put(A, "1", Condition.absent()));
        Item before = read(A).orElseThrow();
        commit(Write.check(A, Condition.versionEquals(before.version())), Write.put(B, "1", Condition.absent()));
        assertThat(read(A)).contains(before);
        conflict(List.of(A), Write.check(A, Condition.absent()), Write.put(C, "1", Condition.absent()));
        assertThat(read(C)).isEmpty();
    }

    @Test
    void aTransactionIsMadeAllOrNotAtAllAndNamesWhatFailed() throws Exception {
        commit(Write.put(B, "old", Condition.absent()));
        conflict(
                List.of(B),
                Write.put(A, "new", Condition.absent()),
                Write.put(B, "new", Condition.absent()),
                Write.delete(C, Condition.anything()));
        assertThat(read(A)).isEmpty();
        assertThat(read(B).orElseThrow().payload()).isEqualTo("old");
    }

    @Test
    void aTransactionTakesAHundredWrites() throws Exception {
        List<ItemKey> keys = keys(Transaction.MAX_WRITES);
        commit(keys.stream().map(key -> Write.put(key, "1", Condition.absent())).toList());
        assertThat(get(new HashSet<>(keys))).hasSize(Transaction.MAX_WRITES);
    }

    @Test
    void aChangedRecordIsDamagedAndHoldsUpNoOther() throws Exception {
        commit(Write.put(A, "{\"acl\":\"private\"}", Condition.absent()), Write.put(B, "2", Condition.absent()));
        spoil(A, "{\"acl\":\"privatf\"}");
        assertDamaged(read(A));
        assertThat(read(B).orElseThrow().payload()).isEqualTo("2");
        List<Item> page = store.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                .items();
        assertThat(page).hasSize(2);
        assertDamaged(Optional.of(page.getFirst()));
        assertThat(page.getLast().payload()).isEqualTo("2");
    }

    @Test
    void aRecordUnderAnotherKeyIsDamaged() throws Exception {
        commit(Write.put(A, "1", Condition.absent()));
        move(A, B);
        assertThat(read(A)).isEmpty();
        assertDamaged(read(B));
    }

    @Test
    void aChangedExpiryTakesNothingAway() throws Exception {
        commit(Write.put(A, "1", NOW.plusSeconds(60), Condition.absent()), Write.put(B, "1", Condition.absent()));
        spoilExpiry(A, NOW.minusSeconds(60));
        spoilExpiry(B, NOW.minusSeconds(60));
        assertDamaged(read(A));
        assertDamaged(read(B));
        assertThat(store.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                        .items())
                .hasSize(2);
    }

    @Test
    void aDamagedRecordIsWrittenAnew() throws Exception {
        commit(Write.put(A, "1", Condition.absent()));
        spoil(A, "2");
        commit(Write.put(A, "3", Condition.anything()));
        assertThat(read(A).orElseThrow().payload()).isEqualTo("3");
    }

    @Test
    void anExpiredItemIsNotReturned() throws Exception {
        Instant expiry = NOW.plusMillis(1_500);
        commit(Write.put(A, "1", expiry, Condition.absent()));
        assertThat(read(A).orElseThrow().expiresAt()).contains(expiry);
        assertThat(store.get(Set.of(A), RegistryStore.Consistency.STRONG, expiry.minusMillis(1)))
                .containsKey(A);
        assertThat(store.get(Set.of(A), RegistryStore.Consistency.STRONG, expiry))
                .isEmpty();
        assertThat(store.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, expiry)
                        .items())
                .isEmpty();
    }

    @Test
    void expiryIsComparedInTheCondition() throws Exception {
        Instant expiry = NOW.plusSeconds(60);
        commit(Write.put(A, "1", expiry, Condition.absentOrExpired()));
        long version = read(A).orElseThrow().version();
        Transaction again = Transaction.of(Write.put(A, "2", expiry.plusSeconds(60), Condition.absentOrExpired()));
        assertThat(store.write(again, expiry.minusMillis(1)))
                .isEqualTo(new RegistryStore.WriteResult.Conflict(List.of(A)));
        Transaction outdated = Transaction.of(Write.put(A, "3", Condition.versionEquals(version)));
        assertThat(store.write(outdated, expiry)).isEqualTo(new RegistryStore.WriteResult.Conflict(List.of(A)));
        Transaction strict = Transaction.of(Write.put(A, "4", Condition.absent()));
        assertThat(store.write(strict, expiry)).isEqualTo(new RegistryStore.WriteResult.Conflict(List.of(A)));
        assertThat(store.write(again, expiry)).isEqualTo(new RegistryStore.WriteResult.Committed());
        assertThat(store.get(Set.of(A), RegistryStore.Consistency.STRONG, expiry)
                        .get(A)
                        .payload())
                .isEqualTo("2");
    }

    @Test
    void aPutReplacesTheExpiryToo() throws Exception {
        commit(Write.put(A, "1", NOW.plusSeconds(60), Condition.absent()));
        commit(Write.put(A, "2", Condition.anything()));
        assertThat(store.get(Set.of(A), RegistryStore.Consistency.STRONG, NOW.plusSeconds(3_600)))
                .containsKey(A);
    }

    @Test
    void aPartitionIsListedInTheOrderOfItsBytes() throws Exception {
        List<String> sorts =
                List.of("!", "1", "10", "2", "A", "Z", "a", "a/", "a0", "ab", "z", "é", "中", "\uFFFD", "\uD83D\uDE00");
        List<String> shuffled = new ArrayList<>(sorts);
        java.util.Collections.shuffle(shuffled, Seeds.random());
        for (String sort : shuffled) {
            commit(Write.put(new ItemKey("list", sort), "1", Condition.absent()));
        }
        commit(Write.put(new ItemKey("list2", "1"), "1", Condition.absent()));
        assertThat(all("list", 1_000)).containsExactlyElementsOf(sorts);
        assertThat(all("list", 1)).containsExactlyElementsOf(sorts);
        assertThat(all("list", 4)).containsExactlyElementsOf(sorts);
        assertThat(all("nothing", 4)).isEmpty();
    }

    @Test
    void pagesGoOnBehindAKeyThatIsGoneAndPassOverExpiredItems() throws Exception {
        for (int i = 0; i < 10; i++) {
            ItemKey key = new ItemKey("list", "k" + i);
            commit(i % 2 == 0 ? Write.put(key, "1", Condition.absent()) : Write.put(key, "1", NOW, Condition.absent()));
        }
        RegistryStore.Page first = store.query("list", Optional.empty(), 2, RegistryStore.Consistency.STRONG, NOW);
        commit(Write.delete(new ItemKey("list", first.next().orElseThrow()), Condition.anything()));
        List<String> rest =
                store.query("list", first.next(), 100, RegistryStore.Consistency.STRONG, NOW).items().stream()
                        .map(item -> item.key().sort())
                        .toList();
        assertThat(rest).containsExactly("k4", "k6", "k8");
    }

    /** Random, so that no store can press them into less. */
    @Test
    void theLongestKeysAndTheLargestPayloadAreKept() throws Exception {
        String payload = text(Write.MAX_PAYLOAD_BYTES);
        ItemKey longest = new ItemKey(text(2_048), text(1_024));
        ItemKey other = new ItemKey(longest.partition(), text(1_024));
        commit(Write.put(longest, payload, Condition.absent()), Write.put(other, "1", Condition.absent()));
        assertThat(read(longest).orElseThrow().payload()).isEqualTo(payload);
        assertThat(all(longest.partition(), 10)).containsExactlyInAnyOrder(longest.sort(), other.sort());
    }

    private static String text(int length) {
        return Seeds.random()
                .ints(length, '!', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void aScanFindsEachItemOnceWhateverThePart() throws Exception {
        Set<ItemKey> keys = new HashSet<>(keys(25));
        commit(keys.stream().map(key -> Write.put(key, "1", Condition.absent())).toList());
        commit(Write.put(A, "1", NOW, Condition.absent()), Write.put(B, "1", NOW.plusMillis(1), Condition.absent()));
        spoil(B, "2");
        keys.add(B);
        for (int part : List.of(1, 4, 1_000)) {
            List<Item> found = new ArrayList<>();
            ScannableStore.each((ScannableStore) store, part, NOW, found::add);
            assertThat(found).extracting(Item::key).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(found)
                    .filteredOn(item -> item.intact().isEmpty())
                    .extracting(Item::key)
                    .containsExactly(B);
        }
    }

    @Test
    void aScanOfAnEmptyStoreFindsNothing() throws Exception {
        ScannableStore.each((ScannableStore) store, 10, NOW, item -> {
            throw new AssertionError(item);
        });
    }

    @Test
    void aPageOfAnImpossibleSizeIsRefused() {
        assertThatThrownBy(() -> store.query("p", Optional.empty(), 0, RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.query("p", Optional.empty(), 1_001, RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofSixteenWritersOneTakesAnAbsentKey() throws Exception {
        List<RegistryStore.WriteResult> results = together(writer ->
                () -> store.write(Transaction.of(Write.put(A, "" + writer, Condition.absent())), NOW));
        assertThat(results)
                .filteredOn(RegistryStore.WriteResult.Committed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void sixteenWritersLoseNoIncrement() throws Exception {
        commit(Write.put(A, "0", Condition.absent()), Write.put(B, "0", Condition.absent()));
        int each = 20;
        together(writer -> () -> {
            for (int i = 0; i < each; i++) {
                increment();
            }
            return writer;
        });
        String total = "" + WRITERS * each;
        assertThat(read(A).orElseThrow().payload()).isEqualTo(total);
        assertThat(read(B).orElseThrow().payload()).isEqualTo(total);
    }

    private void increment() throws Exception {
        while (true) {
            Map<ItemKey, Item> both = get(Set.of(A, B));
            List<Write> writes = new ArrayList<>();
            for (Item item : both.values()) {
                String next = "" + (Integer.parseInt(item.payload()) + 1);
                writes.add(Write.put(item.key(), next, Condition.versionEquals(item.version())));
            }
            if (store.write(new Transaction(writes), NOW) instanceof RegistryStore.WriteResult.Committed) {
                return;
            }
        }
    }

    @Test
    void ofManyWhoUseAValueUpAtTheSameMomentOneIsTheFirst() throws Exception {
        Write use = Write.put(A, "{}", NOW.plusSeconds(60), Condition.absentOrExpired());
        List<RegistryStore.WriteResult> results = together(USERS, user -> () -> {
            while (true) {
                RegistryStore.WriteResult result = store.write(Transaction.of(use), NOW);
                if (!(result instanceof RegistryStore.WriteResult.Conflict conflict)
                        || !conflict.failed().isEmpty()) {
                    return result;
                }
            }
        });
        assertThat(results).hasSize(USERS);
        assertThat(results.stream().filter(RegistryStore.WriteResult.Committed.class::isInstance))
                .hasSize(1);
    }

    private interface Job<T> {
        Callable<T> of(int writer);
    }

    private static <T> List<T> together(Job<T> job) throws Exception {
        return together(WRITERS, job);
    }

    private static <T> List<T> together(int count, Job<T> job) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        try (var threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> futures = IntStream.range(0, count)
                    .mapToObj(writer -> threads.submit(() -> {
                        start.await();
                        return job.of(writer).call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static List<ItemKey> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ItemKey("many" + i % 7, "k" + i))
                .toList();
    }

    private List<String> all(String partition, int limit) throws StoreUnavailable {
        List<String> sorts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            RegistryStore.Page page = store.query(partition, after, limit, RegistryStore.Consistency.STRONG, NOW);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(item -> sorts.add(item.key().sort()));
            after = page.next();
        } while (after.isPresent());
        return sorts;
    }

    private Optional<Item> read(ItemKey key) throws StoreUnavailable {
        return Optional.ofNullable(get(Set.of(key)).get(key));
    }

    private Map<ItemKey, Item> get(Set<ItemKey> keys) throws StoreUnavailable {
        return store.get(keys, RegistryStore.Consistency.STRONG, NOW);
    }

    private void commit(Write... writes) throws StoreUnavailable {
        commit(List.of(writes));
    }

    private void commit(List<Write> writes) throws StoreUnavailable {
        assertThat(store.write(new Transaction(writes), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
    }

    private void conflict(List<ItemKey> failed, Write... writes) throws StoreUnavailable {
        assertThat(store.write(Transaction.of(writes), NOW)).isEqualTo(new RegistryStore.WriteResult.Conflict(failed));
    }

    private static void assertDamaged(Optional<Item> item) {
        assertThat(item).isPresent();
        assertThat(item.orElseThrow().intact()).isEmpty();
        assertThat(item.orElseThrow().expired(NOW.plusSeconds(1_000_000))).isFalse();
        assertThatThrownBy(() -> item.orElseThrow().payload())
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("checksum");
    }
}
