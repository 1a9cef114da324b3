package io.countersign.registry.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.FormatItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table whose records have no checksums and that has no mark, as Countersign left it before there were any. */
class TableUpgradeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final List<ItemKey> KEYS = IntStream.range(0, 12)
            .mapToObj(i -> new ItemKey("p" + i % 3, "k" + i))
            .toList();

    private DynamoDbClient client;
    private String table = "";
    private RawItems raw;

    @BeforeEach
    void makeFormer() throws Exception {
        client = LocalDynamo.running().client();
        table = LocalDynamo.newTable();
        RegistryTable.make(client, table);
        raw = new RawItems(client, table);
        DynamoStore store = store();
        for (ItemKey key : KEYS) {
            Optional<Instant> expiry = key.sort().endsWith("1") ? Optional.of(NOW.plusSeconds(60)) : Optional.empty();
            store.write(Transaction.of(new Write.Put(key, "\"" + key.sort() + "\"", expiry, Condition.absent())), NOW);
            raw.without(key, Attributes.CHECKSUM);
        }
    }

    @Test
    void aTableWithoutAMarkIsReadAsItIs() throws Exception {
        assertAllRecordsExist();
        assertThat(store().query("p1", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                        .items())
                .hasSize(4)
                .allSatisfy(item -> assertThat(item.intact()).isPresent());
    }

    @Test
    void afterItARecordWithoutAChecksumIsDamaged() throws Exception {
        Map<ItemKey, Item> before = store().get(new HashSet<>(KEYS), RegistryStore.Consistency.STRONG, NOW);
        DynamoStore running = store();
        assertThat(running.get(Set.of(KEYS.getFirst()), RegistryStore.Consistency.STRONG, NOW))
                .hasSize(1);
        TableUpgrade.bringUp(client, table);
        assertThat(store().get(new HashSet<>(KEYS), RegistryStore.Consistency.STRONG, NOW))
                .isEqualTo(before);
        raw.without(KEYS.getFirst(), Attributes.CHECKSUM);
        for (DynamoStore store : List.of(store(), running)) {
            Map<ItemKey, Item> found = store.get(new HashSet<>(KEYS), RegistryStore.Consistency.STRONG, NOW);
            assertThat(found).hasSize(KEYS.size());
            found.forEach((key, item) ->
                    assertThat(item.intact().isEmpty()).as(key.toString()).isEqualTo(key.equals(KEYS.getFirst())));
        }
        TableUpgrade.bringUp(client, table);
        assertThat(raw.get(KEYS.getFirst())).doesNotContainKey(Attributes.CHECKSUM);
    }

    @Test
    void oneThatIsCutOffAtAnyCallIsFinishedByTheNext() throws Exception {
        boolean finished = false;
        int calls = 0;
        while (!finished) {
            finished = bringUp(dyingAfter(calls));
            assertThat(raw.get(FormatItem.KEY).isEmpty()).as(calls + " calls").isEqualTo(!finished);
            assertAllRecordsExist();
            calls++;
        }
        // Each try goes a call further, on the records that the tries before have left.
        assertThat(calls).isGreaterThan(5);
        for (ItemKey key : KEYS) {
            assertThat(raw.get(key)).containsKey(Attributes.CHECKSUM);
        }
    }

    @Test
    void anEmptyTableIsMarkedAtOnce() throws Exception {
        String empty = LocalDynamo.newTable();
        RegistryTable.make(client, empty);
        TableUpgrade.bringUp(client, empty);
        assertThat(new RawItems(client, empty).get(FormatItem.KEY)).isNotEmpty();
    }

    @Test
    void aNewerFormatIsRefusedByEveryCall() throws Exception {
        TableUpgrade.bringUp(client, table);
        String newer = "{\"format\":3}";
        Map<String, AttributeValue> mark = new HashMap<>(
                Attributes.of(new Write.Put(FormatItem.KEY, newer, Optional.empty(), Condition.absent()), 2));
        raw.put(mark);
        DynamoStore store = store();
        assertRefused(() -> store.get(Set.of(KEYS.getFirst()), RegistryStore.Consistency.STRONG, NOW));
        assertRefused(() -> store.query("p1", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW));
        assertRefused(() ->
                store.write(Transaction.of(Write.put(new ItemKey("new", "n"), "1", Condition.absent())), NOW));
        assertRefused(() -> TableUpgrade.bringUp(client, table));
        assertThat(raw.get(new ItemKey("new", "n"))).isEmpty();
    }

    @Test
    void aDamagedMarkIsNoFormat() throws Exception {
        TableUpgrade.bringUp(client, table);
        raw.set(FormatItem.KEY, Attributes.PAYLOAD, Attributes.text("{\"format\":1}"));
        assertThatThrownBy(() -> store().get(Set.of(KEYS.getFirst()), RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("format format")
                .hasMessageContaining("checksum");
    }

    private interface Call {
        void make() throws StoreUnavailable;
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::make)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("has the format 3")
                .hasMessageContaining("up to 2");
    }

    private boolean bringUp(DynamoDbClient through) {
        try {
            TableUpgrade.bringUp(through, table);
            return true;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    private void assertAllRecordsExist() throws Exception {
        Map<ItemKey, Item> found = store().get(new HashSet<>(KEYS), RegistryStore.Consistency.STRONG, NOW);
        assertThat(found).containsOnlyKeys(KEYS);
        for (Item item : found.values()) {
            assertThat(item.payload()).isEqualTo("\"" + item.key().sort() + "\"");
        }
    }

    private DynamoStore store() {
        return new DynamoStore(client, new TableLocation.Table(table, Duration.ofSeconds(30)), Seeds.secure());
    }

    /** The process is gone, as it were, after that many calls. */
    private DynamoDbClient dyingAfter(int calls) {
        AtomicInteger left = new AtomicInteger(calls);
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    if (left.getAndDecrement() <= 0) {
                        throw SdkClientException.create("dead");
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
