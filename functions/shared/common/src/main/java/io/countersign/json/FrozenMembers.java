package io.countersign.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object, in their order and unchangeable. A few are found by comparing names, which needs a fifth of the memory of a hash table; more have one, so
 * that the time of a document is linear in its length.
 */
final class FrozenMembers extends AbstractMap<String, Value> {
    /** The most members that are found by comparing names. */
    static final int FEW = 16;

    /** The room for the first member and those after it. */
    private static final int USUAL = 8;

    private static final String[] NO_NAMES = {};
    private static final Value[] NO_VALUES = {};

    private final String[] names;
    private final Value[] values;
    private final int size;
    /** The index of each name; empty for a few. */
    private final Map<String, Integer> table;

    private FrozenMembers(Builder members) {
        this.names = members.names;
        this.values = members.values;
        this.size = members.size;
        this.table = members.table;
    }

    static FrozenMembers of(Map<String, Value> members) {
        if (members instanceof FrozenMembers frozen) {
            return frozen;
        }
        Builder copy = new Builder();
        members.forEach(copy::add);
        return copy.frozen();
    }

    /** Collects members, which have distinct names. It is used up when it has made them. */
    static final class Builder {
        private String[] names = NO_NAMES;
        private Value[] values = NO_VALUES;
        private int size;
        private Map<String, Integer> table = Map.of();

        boolean has(String name) {
            return find(name, names, size, table) >= 0;
        }

        void add(String name, Value value) {
            if (size == names.length) {
                int room = Math.max(USUAL, 2 * size);
                names = Arrays.copyOf(names, room);
                values = Arrays.copyOf(values, room);
            }
            names[size] = name;
            values[size] = value;
            size++;
            if (size > FEW) {
                enter();
            }
        }

        private void enter() {
            if (table.isEmpty()) {
                table = new HashMap<>();
            }
            for (int i = table.size(); i < size; i++) {
                table.put(names[i], i);
            }
        }

        FrozenMembers frozen() {
            return new FrozenMembers(this);
        }
    }

    private static int find(@Nullable Object name, String[] names, int size, Map<String, Integer> table) {
        if (size > FEW) {
            return table.getOrDefault(name, -1);
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The place of a member in the order, from 0; negative when there is none of this name. */
    int indexOf(@Nullable Object name) {
        return find(name, names, size, table);
    }

    /** The value at a place in the order. */
    Value at(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new InOrder();
    }

    private final class InOrder extends AbstractSet<Map.Entry<String, Value>> {
        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<Map.Entry<String, Value>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size;
                }

                @Override
                public Map.Entry<String, Value> next() {
                    if (next == size) {
                        throw new NoSuchElementException();
                    }
                    int index = next++;
                    return Map.entry(names[index], values[index]);
                }
            };
        }
    }
}
