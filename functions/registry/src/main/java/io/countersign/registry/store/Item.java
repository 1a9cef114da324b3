package io.countersign.registry.store;

import java.time.Instant;
import java.util.Optional;

/**
 * An item as it stands in the store.
 *
 * @param version changes with every write of the item and never comes a second time for one key, not even after a delete; it has no order
 * @param payload JSON text
 * @param expiresAt from this moment on (to the millisecond) the item is as good as gone
 */
public record Item(ItemKey key, long version, String payload, Optional<Instant> expiresAt) {
    /** Whether the expiry has come: at that very moment it has. */
    public boolean expired(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }
}
