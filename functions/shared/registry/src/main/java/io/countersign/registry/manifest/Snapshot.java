package io.countersign.registry.manifest;

import io.countersign.registry.Records;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stood in the registry when a plan was made. Every write of the plan depends on it still standing so. */
final class Snapshot {
    private final Map<ItemKey, Item> items = new HashMap<>();
    private final Map<String, List<Item>> partitions = new HashMap<>();

    void add(Item item) {
        items.put(item.key(), item);
    }

    void addPartition(String partition, List<Item> listed) {
        partitions.put(partition, List.copyOf(listed));
        listed.forEach(this::add);
    }

    Optional<Item> item(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    <T> Optional<T> record(ItemKey key, Records.Reader<T> reader) throws StoreUnavailable {
        Optional<Item> item = item(key);
        return item.isEmpty() ? Optional.empty() : Optional.of(Records.read(item.get(), reader));
    }

    /** The items of a partition whose sort keys begin so, in their order. */
    List<Item> listed(String partition, String sortPrefix) {
        return partitions.getOrDefault(partition, List.of()).stream()
                .filter(item -> item.key().sort().startsWith(sortPrefix))
                .toList();
    }

    <T> List<T> records(String partition, String sortPrefix, Records.Reader<T> reader) throws StoreUnavailable {
        List<T> records = new ArrayList<>();
        for (Item item : listed(partition, sortPrefix)) {
            records.add(Records.read(item, reader));
        }
        return records;
    }

    /** That the item is as it was. */
    Condition asItWas(ItemKey key) {
        Item item = items.get(key);
        return item == null ? Condition.absent() : Condition.versionEquals(item.version());
    }
}
