package io.countersign.policy;

import java.util.BitSet;
import java.util.List;

/**
 * What a pattern says of all texts that begin alike. The pattern is walked as an automaton: a state is a place in the pattern.
 *
 * <p>Containment is exact: a place that takes a character found nowhere in the patterns ({@link #FRESH}) takes every character,
 * so the patterns contain every text behind the beginning when they take FRESH any number of times. After as many steps as
 * the longest pattern has places nothing changes any more.
 */
final class GlobStates {
    private static final int FRESH = Integer.MAX_VALUE;
    /** A set of places is made and looked through 64 at a time. */
    private static final int WORD = 6;

    private final int[] codes;
    private final Steps steps;
    private BitSet states;

    private GlobStates(Glob glob, String beginning, Steps steps) {
        this.codes = glob.codes();
        this.steps = steps;
        this.states = new BitSet(codes.length + 1);
        enter(states, 0);
        beginning.codePoints().takeWhile(c -> !states.isEmpty()).forEach(this::step);
    }

    /** Whether the pattern matches some text that begins so and is at least {@code rest} (0 or 1) characters longer. */
    static boolean meets(Glob glob, String beginning, int rest, Steps steps) {
        steps.take(1);
        if (reachesEverythingFrom(glob, beginning)) {
            return true;
        }
        BitSet reached = new GlobStates(glob, beginning, steps).states;
        int end = glob.codes().length;
        // From every place but the end one more character can be read, and the end be reached.
        return rest == 0 ? !reached.isEmpty() : reached.nextSetBit(0) >= 0 && reached.nextSetBit(0) < end;
    }

    /** Whether the patterns together match every text that begins so and is at least {@code rest} characters longer. */
    static boolean contain(List<Glob> globs, String beginning, int rest, Steps steps) {
        steps.take(globs.size());
        for (Glob glob : globs) {
            if (reachesEverythingFrom(glob, beginning)) {
                return true;
            }
        }
        int longest = globs.stream().mapToInt(glob -> glob.codes().length).max().orElse(0);
        BitSet lengths = new BitSet(longest + 2);
        for (Glob glob : globs) {
            new GlobStates(glob, beginning, steps).addLengths(lengths, longest + 1);
        }
        return lengths.nextClearBit(rest) > longest + 1;
    }

    /** The common case, for which nothing needs to be walked. */
    private static boolean reachesEverythingFrom(Glob glob, String beginning) {
        return glob.isPrefix() && beginning.startsWith(glob.head());
    }

    private void addLengths(BitSet lengths, int last) {
        for (int length = 0; length <= last && !states.isEmpty(); length++) {
            if (states.get(codes.length)) {
                lengths.set(length);
            }
            step(FRESH);
        }
    }

    private void step(int c) {
        steps.take(1 + (codes.length >> WORD) + states.cardinality());
        BitSet next = new BitSet(codes.length + 1);
        for (int at = states.nextSetBit(0); at >= 0 && at < codes.length; at = states.nextSetBit(at + 1)) {
            if (codes[at] == Glob.ANY_RUN) {
                enter(next, at);
            } else if (codes[at] == Glob.ANY_ONE || codes[at] == c) {
                enter(next, at + 1);
            }
        }
        states = next;
    }

    private void enter(BitSet into, int at) {
        into.set(at);
        if (at < codes.length && codes[at] == Glob.ANY_RUN) {
            into.set(at + 1);
        }
    }
}
