package io.countersign.gateway.decisions;

import java.util.Optional;

/** Cuts texts to a length, and says how much is missing. */
final class BoundedText {
    private BoundedText() {}

    static Optional<String> of(Optional<String> text, int most) {
        return text.isPresent() && text.get().length() > most ? Optional.of(cut(text.get(), most)) : text;
    }

    static String of(String text, int most) {
        return text.length() > most ? cut(text, most) : text;
    }

    private static String cut(String text, int most) {
        return text.substring(0, most) + "...(" + (text.length() - most) + " more)";
    }
}
