package io.countersign.policy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A compiled pattern: {@code *} matches any characters or none, {@code ?} one Unicode character. The text before the
 * first wildcard is compared at once. The rest is matched by two pointers that go back to the last {@code *} only, so
 * that a match costs at most the pattern's length times the text's.
 */
final class Glob {
    static final int ANY_RUN = -1;
    static final int ANY_ONE = -2;

    /** About 32 characters of plain text are compared in the time of one step. */
    private static final int AT_ONCE = 5;

    static final Glob EVERYTHING = of(new int[] {ANY_RUN});

    private final String head;
    private final int[] tail;

    private Glob(String head, int[] tail) {
        this.head = head;
        this.tail = tail;
    }

    static Glob literal(String text) {
        return new Glob(text, new int[0]);
    }

    /** @param codes Unicode code points, {@link #ANY_RUN} and {@link #ANY_ONE} */
    static Glob of(int[] codes) {
        int[] lean = withoutDoubledRuns(codes);
        int first = 0;
        while (first < lean.length && lean[first] >= 0) {
            first++;
        }
        return new Glob(new String(lean, 0, first), Arrays.copyOfRange(lean, first, lean.length));
    }

    /** Returns the pattern with its letters folded, for texts that {@link CaseFolding#fold(String)} folded. */
    Glob folded() {
        return new Glob(
                CaseFolding.fold(head),
                Arrays.stream(tail)
                        .map(code -> code < 0 ? code : CaseFolding.fold(code))
                        .toArray());
    }

    /** @param budget loses one step, and one for each character that is compared after the first wildcard */
    boolean matches(String text, StepBudget budget) {
        budget.take(1 + (head.length() >> AT_ONCE));
        if (!text.startsWith(head)) {
            return false;
        }
        return switch (tail.length) {
            case 0 -> text.length() == head.length();
            case 1 -> tail[0] == ANY_RUN || tailMatches(text, budget);
            default -> tailMatches(text, budget);
        };
    }

    /** Whether this is plain text followed by one {@code *}. */
    boolean isPrefix() {
        return tail.length == 1 && tail[0] == ANY_RUN;
    }

    /** Whether this is plain text. */
    boolean isLiteral() {
        return tail.length == 0;
    }

    /** The text before the first wildcard. */
    String head() {
        return head;
    }

    /** Whether this may match a text with the prefix, judging by the text before the first wildcard. */
    boolean mayGoOnFrom(String beginning) {
        return beginning.startsWith(head) || head.startsWith(beginning);
    }

    /** The common prefix of all texts that match. */
    Head beginning() {
        return new Head(head, tail.length > 0);
    }

    int[] codes() {
        int[] heads = head.codePoints().toArray();
        int[] all = Arrays.copyOf(heads, heads.length + tail.length);
        System.arraycopy(tail, 0, all, heads.length, tail.length);
        return all;
    }

    private boolean tailMatches(String text, StepBudget budget) {
        int turns = 0;
        int at = head.length();
        int next = 0;
        int afterRun = -1;
        int retry = -1;
        while (at < text.length()) {
            turns++;
            int c = text.codePointAt(at);
            if (next < tail.length && tail[next] == ANY_RUN) {
                afterRun = ++next;
                retry = at;
            } else if (next < tail.length && (tail[next] == ANY_ONE || tail[next] == c)) {
                next++;
                at += Character.charCount(c);
            } else if (afterRun >= 0) {
                next = afterRun;
                retry += Character.charCount(text.codePointAt(retry));
                at = retry;
            } else {
                break;
            }
        }
        budget.take(turns);
        while (next < tail.length && tail[next] == ANY_RUN) {
            next++;
        }
        return at >= text.length() && next == tail.length;
    }

    private static int[] withoutDoubledRuns(int[] codes) {
        int[] lean = new int[codes.length];
        int length = 0;
        for (int code : codes) {
            if (code != ANY_RUN || length == 0 || lean[length - 1] != ANY_RUN) {
                lean[length++] = code;
            }
        }
        return Arrays.copyOf(lean, length);
    }

    /**
     * Matches a pattern against all texts with a prefix. The pattern is run as an automaton: a state is a position in
     * the pattern.
     *
     * <p>Containment is exact: a position that accepts a character that occurs nowhere in the patterns ({@link
     * #FRESH}) accepts every character, so the patterns contain every text with the prefix when they accept FRESH any
     * number of times. After as many steps as the longest pattern has positions nothing changes any more.
     */
    static final class States {
        private static final int FRESH = Integer.MAX_VALUE;
        /** Sets of positions are created and scanned 64 at a time. */
        private static final int WORD = 6;

        private final int[] codes;
        private final StepBudget budget;
        private BitSet states;

        private States(Glob glob, String beginning, StepBudget budget) {
            this.codes = glob.codes();
            this.budget = budget;
            this.states = new BitSet(codes.length + 1);
            enter(states, 0);
            beginning.codePoints().takeWhile(c -> !states.isEmpty()).forEach(this::step);
        }

        /**
         * Whether the pattern matches some text that has the prefix and is at least {@code rest} (0 or 1) characters
         * longer.
         */
        static boolean meets(Glob glob, String beginning, int rest, StepBudget budget) {
            budget.take(1);
            if (reachesEverythingFrom(glob, beginning)) {
                return true;
            }
            BitSet reached = new States(glob, beginning, budget).states;
            int end = glob.codes().length;
            // From every position but the end one more character can be read and the end be reached.
            return rest == 0 ? !reached.isEmpty() : reached.nextSetBit(0) >= 0 && reached.nextSetBit(0) < end;
        }

        /**
         * Whether the patterns together match every text that has the prefix and is at least {@code rest} characters
         * longer.
         */
        static boolean contain(List<Glob> globs, String beginning, int rest, StepBudget budget) {
            budget.take(globs.size());
            for (Glob glob : globs) {
                if (reachesEverythingFrom(glob, beginning)) {
                    return true;
                }
            }
            int longest =
                    globs.stream().mapToInt(glob -> glob.codes().length).max().orElse(0);
            BitSet lengths = new BitSet(longest + 2);
            for (Glob glob : globs) {
                new States(glob, beginning, budget).addLengths(lengths, longest + 1);
            }
            return lengths.nextClearBit(rest) > longest + 1;
        }

        /** The common case, which needs no automaton. */
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
            budget.take(1 + (codes.length >> WORD) + states.cardinality());
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
}
