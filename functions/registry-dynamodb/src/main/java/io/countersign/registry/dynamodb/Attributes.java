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

    private Attributes() {}

    static Map<String, AttributeValue> of(ItemKey key) {
        return Map.of(PARTITION, text(key.partition()), SORT, text(key.sort()));
    }

    static Map<String, AttributeValue> of(Write.Put put, long version) {
        Map<String, AttributeValue> item = new HashMap<>(of(put.key()));
        item.put(VERSION, number(version));
        item.put(PAYLOAD, text(put.payload()));
        put.expiresAt().ifPresent(expires -> {
            item.put(EXPIRES, number(expires.toEpochMilli()));
            item.put(TIME_TO_LIVE, number(Math.ceilDiv(expires.toEpochMilli(), 1_000L)));
        });
        return item;
    }

    /** @throws StoreUnavailable when an attribute is missing or of another type: the table holds something that this class did not write */
    static Item item(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        ItemKey key = new ItemKey(string(attributes, PARTITION), string(attributes, SORT));
        Optional<Instant> expires =
                attributes.containsKey(EXPIRES) ? Optional.of(expiry(attributes)) : Optional.empty();
        return new Item(key, version(attributes), string(attributes, PAYLOAD), expires);
    }

    static long version(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        return integer(attributes, VERSION);
    }

    static String sort(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        return string(attributes, SORT);
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static Instant expiry(Map<String, AttributeValue> attributes) throws StoreUnavailable {
        return Instant.ofEpochMilli(integer(attributes, EXPIRES));
    }

    private static String string(Map<String, AttributeValue> attributes, String name) throws StoreUnavailable {
        return Optional.ofNullable(attributes.get(name))
                .flatMap(value -> Optional.ofNullable(value.s()))
                .orElseThrow(Attributes::foreign);
    }

    private static long integer(Map<String, AttributeValue> attributes, String name) throws StoreUnavailable {
        try {
            return Long.parseLong(Optional.ofNullable(attributes.get(name))
                    .flatMap(value -> Optional.ofNullable(value.n()))
                    .orElseThrow(Attributes::foreign));
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    private static StoreUnavailable foreign() {
        return new StoreUnavailable(
                "the table holds an item that Countersign did not write; give the registry a table of its own");
    }
}
