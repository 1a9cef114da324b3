package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which of some names may have been added to a request together: each alone, a callback with its variables, or all. */
final class Subsets {
    private static final int MAX = 32;

    private Subsets() {}

    /** At most 34, whatever the names. */
    static List<List<String>> of(List<String> names, String callback) {
        List<String> some = names.stream().distinct().limit(MAX).toList();
        List<List<String>> subsets = new ArrayList<>(some.stream().map(List::of).toList());
        List<String> together =
                some.stream().filter(name -> name.startsWith(callback)).toList();
        if (together.size() > 1) {
            subsets.add(together);
        }
        if (some.size() > 1) {
            subsets.add(some);
        }
        return subsets;
    }

    /** The names in quotes, for a sentence. */
    static String listed(List<String> names) {
        return names.stream().map(Quoted::of).collect(Collectors.joining(", "));
    }
}
