package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Which lines of two texts belong together: the longest common subsequence, and between its lines those in the same place. */
final class Alignment {
    /** Indexes of the two lines; one of them is absent where a text has no such line. */
    record Pair(OptionalInt left, OptionalInt right) {}

    private final List<String> left;
    private final List<String> right;
    private final List<Pair> pairs = new ArrayList<>();

    private Alignment(List<String> left, List<String> right) {
        this.left = left;
        this.right = right;
    }

    static List<Pair> of(List<String> left, List<String> right) {
        Alignment alignment = new Alignment(left, right);
        alignment.align(alignment.lengths());
        return alignment.pairs;
    }

    /** The length of the longest common subsequence from each pair of places on. */
    private int[][] lengths() {
        int[][] lengths = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                lengths[i][j] = left.get(i).equals(right.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private void align(int[][] lengths) {
        int i = 0;
        int j = 0;
        int fromI = 0;
        int fromJ = 0;
        while (i < left.size() && j < right.size()) {
            if (left.get(i).equals(right.get(j))) {
                between(fromI, i, fromJ, j);
                pairs.add(new Pair(OptionalInt.of(i++), OptionalInt.of(j++)));
                fromI = i;
                fromJ = j;
            } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        between(fromI, left.size(), fromJ, right.size());
    }

    private void between(int fromI, int toI, int fromJ, int toJ) {
        int count = Math.max(toI - fromI, toJ - fromJ);
        for (int k = 0; k < count; k++) {
            pairs.add(new Pair(index(fromI + k, toI), index(fromJ + k, toJ)));
        }
    }

    private static OptionalInt index(int index, int end) {
        return index < end ? OptionalInt.of(index) : OptionalInt.empty();
    }
}
