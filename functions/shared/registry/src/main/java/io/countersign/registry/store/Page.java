package io.countersign.registry.store;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of one partition.
 *
 * @param items by sort key, in the order of its UTF-8 bytes; perhaps fewer than asked for, even none while {@code next} is present
 * @param next give it as {@code after} to go on; empty at the end of the partition
 */
public record Page(List<Item> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
