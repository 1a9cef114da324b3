package io.countersign.policy;

import java.util.List;

/** String operators. */
record TextMatcher(List<Glob> globs, boolean ignoringCase) implements ValueMatcher {
    TextMatcher {
        globs = ignoringCase ? globs.stream().map(Glob::folded).toList() : List.copyOf(globs);
    }

    @Override
    public Truth ask(String actual, Steps steps) {
        String text = ignoringCase ? folded(actual, steps) : actual;
        for (Glob glob : globs) {
            if (glob.matches(text, steps)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }

    private static String folded(String text, Steps steps) {
        steps.take(text.length());
        return Letters.fold(text);
    }
}
