package io.countersign.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of an object, in their order and unchangeable. Those that the parser has read are not copied again. */
final class FrozenMembers extends AbstractMap<String, Value> {
    private final LinkedHashMap<String, Value> members;

    /** @param members must not be changed afterwards */
    FrozenMembers(LinkedHashMap<String, Value> members) {
        this.members = members;
    }

    static FrozenMembers of(Map<String, Value> members) {
        return members instanceof FrozenMembers frozen ? frozen : new FrozenMembers(new LinkedHashMap<>(members));
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return Collections.unmodifiableMap(members).entrySet();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return members.containsKey(name);
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        return members.get(name);
    }
}
