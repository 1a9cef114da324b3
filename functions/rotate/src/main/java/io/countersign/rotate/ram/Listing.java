package io.countersign.rotate.ram;

import java.time.Instant;
import java.util.List;

/**
 * The keys that a user has at RAM.
 *
 * @param at when, by RAM's clock, to the second
 */
public record Listing(List<ListedKey> keys, Instant at) {
    public Listing {
        keys = List.copyOf(keys);
    }
}
