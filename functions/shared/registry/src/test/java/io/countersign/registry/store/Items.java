package io.countersign.registry.store;

import java.time.Instant;
import java.util.Optional;

/** Items as a store that holds them undamaged would return them. */
public final class Items {
    private Items() {}

    public static Item of(ItemKey key, long version, String payload) {
        return of(key, version, payload, Optional.empty());
    }

    public static Item of(ItemKey key, long version, String payload, Optional<Instant> expiresAt) {
        return Item.of(key, version, payload, expiresAt, Item.Checksum.of(key, version, payload, expiresAt));
    }
}
