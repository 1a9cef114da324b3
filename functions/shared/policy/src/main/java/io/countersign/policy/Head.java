package io.countersign.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How every text begins that a pattern can match.
 *
 * @param open whether the texts may go on; otherwise they end here
 */
record Head(String text, boolean open) {
    static final Head ANY = new Head("", true);

    private static final Comparator<Head> BY_TEXT =
            Comparator.comparing(Head::text).thenComparing(Head::open, Comparator.reverseOrder());

    /**
     * The heads, in the order of their texts, without those that another one covers. So no text has two open ones of the heads that are left as
     * its beginning, nor a closed one and an open one.
     */
    static List<Head> lean(Collection<Head> heads) {
        List<Head> lean = new ArrayList<>();
        Head open = new Head("", false);
        for (Head head : heads.stream().distinct().sorted(BY_TEXT).toList()) {
            // What one open head covers comes right behind it.
            if (!open.open() || !head.text().startsWith(open.text())) {
                lean.add(head);
                open = head.open() ? head : open;
            }
        }
        return List.copyOf(lean);
    }

    /** One open head that covers them all. */
    static Head common(List<Head> heads) {
        String common = heads.getFirst().text();
        for (Head head : heads) {
            common = common.substring(0, shared(common, head.text()));
        }
        return new Head(common, true);
    }

    /** How many characters two texts have in common before they differ. */
    static int shared(String one, String other) {
        int shortest = Math.min(one.length(), other.length());
        int at = 0;
        while (at < shortest && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }
}
