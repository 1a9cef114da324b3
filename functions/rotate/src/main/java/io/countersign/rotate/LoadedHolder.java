package io.countersign.rotate;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.Map;

/**
 * A holder and the items that it was read from.
 *
 * @param item the owner's own
 * @param items all of them, by key
 */
record LoadedHolder(Holder holder, Item item, Map<ItemKey, Item> items) {
    LoadedHolder {
        items = Map.copyOf(items);
    }

    /** That the item stands as it was read, or is still absent. */
    Condition asItWas(ItemKey key) {
        Item read = items.get(key);
        return read == null ? Condition.absent() : Condition.versionEquals(read.version());
    }
}
