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

/** How an item stands in the table. Names are short: each is paid for with every item. */
final class Attributes {
    static final String PARTITION = "p";
    static final String SORT = "s";
    static final String VERSION = "v";
    static final String PAYLOAD = "b";

    /** Milliseconds since 1970: what conditions compare. */
    static final String EXPIRES = "e";

    /** Seconds since 1970, rounded up: when DynamoDB may clear the item away, hours late perhaps and never early. */
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
     * The item, a damaged one when another attribute than those of its key is missing or malformed.
     *
     * @param format of the table: whether an item without a checksum is damaged
     * @throws StoreUnavailable when it has no key of the table's
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

    /** @throws StoreUnavailable when it has none of the table's */
    static ItemKey key(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        return new ItemKey(part(attributes, PARTITION), part(attributes, SORT));
    }

    /** Empty when it has none: the item is damaged. */
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
