package io.countersign.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The common prefix of the texts that a pattern can match.
 *
 * @param open whether the texts may continue after the prefix; otherwise they are equal to it
 */
record Head(String text, boolean open) {
    static final Head ANY = new Head("", true);

    private static final Comparator<Head> BY_TEXT =
            Comparator.comparing(Head::text).thenComparing(Head::open, Comparator.reverseOrder());

    /**
     * Returns the heads, ordered by their texts, without those that another one covers. A text then has at most one
     * open head of the result as its prefix, and never both an open and a closed one.
     */
    static List<Head> lean(Collection<Head> heads) {
        List<Head> lean = new ArrayList<>();
        Head open = new Head("", false);
        for (Head head : heads.stream().distinct().sorted(BY_TEXT).toList()) {
            // The heads that an open one covers follow it directly.
            if (!open.open() || !head.text().startsWith(open.text())) {
                lean.add(head);
                open = head.open() ? head : open;
            }
        }
        return List.copyOf(lean);
    }

    /** Returns one open head that covers all. */
    static Head common(List<Head> heads) {
        String common = heads.getFirst().text();
        for (Head head : heads) {
            common = common.substring(0, shared(common, head.text()));
        }
        return new Head(common, true);
    }

    /** Returns the length of the common prefix of two texts. */
    static int shared(String one, String other) {
        int shortest = Math.min(one.length(), other.length());
        int at = 0;
        while (at < shortest && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }
}
