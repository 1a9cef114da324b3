package io.countersign.policy;

/** Case folding one character at a time, so that a pattern and a text fold alike and no locale has a say. */
final class Letters {
    private Letters() {}

    static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }

    static String fold(String text) {
        int[] folded = text.codePoints().map(Letters::fold).toArray();
        return new String(folded, 0, folded.length);
    }
}
