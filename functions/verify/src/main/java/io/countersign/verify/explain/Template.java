package io.countersign.verify.explain;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A sentence with places for what an error tells. {@code [a|b]} is a when all values that a asks for by {@code {Name}} are there, else b (nothing when there is no b); {@code {?Name}} wants a value and shows none of it.
 */
record Template(String text) {
    private static final Pattern FORM =
            Pattern.compile("[^\\[\\]{}]*(\\[[^\\[\\]{}]*(\\{[^\\[\\]{}]+}[^\\[\\]{}]*)+][^\\[\\]{}]*)*");

    /** @throws IllegalArgumentException when brackets do not close, hold no value, or a value stands outside of them, where it might be missing */
    Template {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a value stands inside of brackets, and brackets hold a value: " + text);
        }
    }

    /** @param values what is known, by name */
    String fill(Function<String, Optional<String>> values) {
        StringBuilder sentence = new StringBuilder(text.length() + 64);
        int at = 0;
        for (int open = text.indexOf('['); open >= 0; open = text.indexOf('[', at)) {
            int close = text.indexOf(']', open);
            sentence.append(text, at, open).append(choice(text.substring(open + 1, close), values));
            at = close + 1;
        }
        return sentence.append(text.substring(at)).toString();
    }

    private static String choice(String inside, Function<String, Optional<String>> values) {
        int bar = inside.indexOf('|');
        String first = bar < 0 ? inside : inside.substring(0, bar);
        return filled(first, values).orElse(bar < 0 ? "" : inside.substring(bar + 1));
    }

    /** Empty when a value is missing. */
    private static Optional<String> filled(String piece, Function<String, Optional<String>> values) {
        StringBuilder out = new StringBuilder(piece.length() + 32);
        int at = 0;
        for (int open = piece.indexOf('{'); open >= 0; open = piece.indexOf('{', at)) {
            int close = piece.indexOf('}', open);
            String name = piece.substring(open + 1, close);
            boolean shown = !name.startsWith("?");
            Optional<String> value = values.apply(shown ? name : name.substring(1));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(piece, at, open).append(shown ? value.get() : "");
            at = close + 1;
        }
        return Optional.of(out.append(piece.substring(at)).toString());
    }
}
