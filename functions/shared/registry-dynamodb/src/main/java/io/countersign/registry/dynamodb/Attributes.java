package io.countersign.registry.dynamodb;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of an item in the table. Their names are short because every item pays for them. */
final class Attributes {
    static final String PARTITION = "p";
    static final String SORT = "s";
    static final String VERSION = "v";
    static final String PAYLOAD = "b";

    /** Milliseconds since 1970; used in conditions. */
    static final String EXPIRES = "e";

    /**
     * Seconds since 1970, rounded up. DynamoDB may remove the item after this time, possibly hours late and never
     * early.
     */
    static final String TIME_TO_LIVE = "t";

    static final String CHECKSUM = "c";

    private Attributes() {}

    static Map<String, AttributeValue> of(ItemKey key) {
        return Map.of(PARTITION, text(key.partition()), SORT, text(key.sort()));
    }

    static Map<String, AttributeValue> of(Write.Put put, long version) {
        Map<String, AttributeValue> item = new HashMap<>(of(put.key()));
        item.put(VERSION, number(version));
        item.put(PAYLOAD, text(put.payload()));
        item.put(CHECKSUM, number(Item.Checksum.of(put.key(), version, put.payload(), put.expiresAt())));
        put.expiresAt().ifPresent(expires -> {
            item.put(EXPIRES, number(expires.toEpochMilli()));
            item.put(TIME_TO_LIVE, number(Math.ceilDiv(expires.toEpochMilli(), 1_000L)));
        });
        return item;
    }

    /**
     * Returns the item; a damaged one when an attribute other than those of its key is missing or malformed.
     *
     * @param format of the table: whether an item without a checksum is damaged
     * @throws StoreUnavailable when it has no valid key
     */
    static Item item(Map<String, AttributeValue> attributes, TableFormat format) throws StoreUnavailable {
        ItemKey key = key(attributes);
        Optional<Long> version = integer(attributes, VERSION);
        Optional<String> payload = string(attributes, PAYLOAD);
        Optional<Instant> expires = integer(attributes, EXPIRES).map(Instant::ofEpochMilli);
        if (version.isEmpty() || payload.isEmpty() || expires.isPresent() != attributes.containsKey(EXPIRES)) {
            return Item.damaged(key, version.orElse(0L));
        }
        if (format == TableFormat.WITHOUT_CHECKSUMS && !attributes.containsKey(CHECKSUM)) {
            return Item.withoutChecksum(key, version.get(), payload.get(), expires);
        }
        return integer(attributes, CHECKSUM)
                .map(checksum -> Item.of(key, version.get(), payload.get(), expires, checksum))
                .orElseGet(() -> Item.damaged(key, version.get()));
    }

    /** @throws StoreUnavailable when it has no valid key */
    static ItemKey key(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        return new ItemKey(part(attributes, PARTITION), part(attributes, SORT));
    }

    /** Returns empty when the item has no version and is damaged. */
    static Optional<Long> version(Map<String, AttributeValue> attributes) {
        return integer(attributes, VERSION);
    }

    static String sort(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        return part(attributes, SORT);
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static String part(Map<String, AttributeValue> attributes, String name) throws StoreUnavailable {
        return string(attributes, name).orElseThrow(Attributes::foreign);
    }

    private static Optional<String> string(Map<String, AttributeValue> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).flatMap(value -> Optional.ofNullable(value.s()));
    }

    private static Optional<Long> integer(Map<String, AttributeValue> attributes, String name) {
        try {
            return Optional.ofNullable(attributes.get(name))
                    .flatMap(value -> Optional.ofNullable(value.n()))
                    .map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static StoreUnavailable foreign() {
        return new StoreUnavailable(
                "the table holds an item that Countersign did not write; give the registry a table of its own");
    }
}
