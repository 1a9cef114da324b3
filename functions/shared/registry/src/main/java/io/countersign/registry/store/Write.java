package io.countersign.registry.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A write or check of a transaction. */
public sealed interface Write {
    /** The largest payload in bytes of UTF-8, below the 400 KB limit of an item with its keys in DynamoDB. */
    int MAX_PAYLOAD_BYTES = 350_000;

    ItemKey key();

    Condition condition();

    /** Replaces the whole item, including its expiry. */
    record Put(ItemKey key, String payload, Optional<Instant> expiresAt, Condition condition) implements Write {
        public Put {
            if (bytes(payload) > MAX_PAYLOAD_BYTES) {
                throw new IllegalArgumentException("a payload has at most " + MAX_PAYLOAD_BYTES + " bytes");
            }
        }
    }

    /** Deletes the item. An absent item is no failure unless the condition requires it. */
    record Delete(ItemKey key, Condition condition) implements Write {}

    /** Changes nothing, but its condition must hold. */
    record Check(ItemKey key, Condition condition) implements Write {}

    static Write put(ItemKey key, String payload, Condition condition) {
        return new Put(key, payload, Optional.empty(), condition);
    }

    static Write put(ItemKey key, String payload, Instant expiresAt, Condition condition) {
        return new Put(key, payload, Optional.of(expiresAt), condition);
    }

    static Write delete(ItemKey key, Condition condition) {
        return new Delete(key, condition);
    }

    static Write check(ItemKey key, Condition condition) {
        return new Check(key, condition);
    }

    /** The size of a payload as {@link #MAX_PAYLOAD_BYTES} counts it. */
    static int bytes(String payload) {
        return payload.getBytes(StandardCharsets.UTF_8).length;
    }
}
