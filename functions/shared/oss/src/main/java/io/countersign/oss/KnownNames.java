package io.countersign.oss;

import java.util.Arrays;
import java.util.Set;

/** A fixed set of names that recognizes one of its own within a longer text, so that a request with known names copies none of them. */
final class KnownNames {
    private static final String EMPTY = "";

    /** An open hash table, at most a quarter full. A search ends at an empty slot. */
    private final String[] slots;

    /** @param names not empty themselves */
    KnownNames(Set<String> names) {
        slots = new String[Integer.highestOneBit(names.size() + 1) * 8];
        Arrays.fill(slots, EMPTY);
        for (String name : names) {
            int slot = name.hashCode() & slots.length - 1;
            while (!slots[slot].isEmpty()) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = name;
        }
    }

    /** Returns the part of a text from one index to another: the name of the set that equals it, or else a new string. */
    String part(String text, int from, int to) {
        int slot = hash(text, from, to) & slots.length - 1;
        while (!slots[slot].isEmpty()) {
            String name = slots[slot];
            if (name.length() == to - from && text.startsWith(name, from)) {
                return name;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return text.substring(from, to);
    }

    /** The hash code of the part as a string. */
    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }
}
