package io.countersign.policy;

import java.util.List;

/** String operators. */
record TextMatcher(List<Glob> globs, boolean ignoringCase) implements ValueMatcher {
    TextMatcher {
        globs = ignoringCase ? globs.stream().map(Glob::folded).toList() : List.copyOf(globs);
    }

    @Override
    public Truth ask(String actual) {
        String text = ignoringCase ? Letters.fold(actual) : actual;
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }
}
