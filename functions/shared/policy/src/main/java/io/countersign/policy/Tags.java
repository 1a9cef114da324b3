package io.countersign.policy;

import java.util.Map;
import java.util.Optional;

/**
 * The tags of a bucket, of an object or of a request, all of them or none known: a tag that is not among those which were told is absent.
 *
 * @param told empty when nothing is known of them
 */
public record Tags(Optional<Map<String, String>> told) {
    public static final Tags UNKNOWN = new Tags(Optional.empty());

    /** There are none. */
    public static final Tags NONE = of(Map.of());

    public Tags {
        told = told.map(Map::copyOf);
    }

    /** @param all every tag, by its name */
    public static Tags of(Map<String, String> all) {
        return new Tags(Optional.of(all));
    }

    KeyState state(String name) {
        return told.isEmpty()
                ? KeyState.unknown()
                : KeyState.found(Optional.ofNullable(told.get().get(name)));
    }
}
