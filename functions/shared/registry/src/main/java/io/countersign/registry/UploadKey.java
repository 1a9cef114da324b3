package io.countersign.registry;

import io.countersign.policy.Claims;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The key of the objects of an upload: a text with variables. The text is parsed before anything is filled in, so a value is never read as a variable.
 *
 * @param text as the manifest has it
 */
public record UploadKey(String text, List<Part> parts) {
    /** The most characters of the text. */
    public static final int MAX_LENGTH = 512;

    private static final String OPENING = "${";
    private static final String CLAIM = "jwt:";

    public UploadKey {
        parts = List.copyOf(parts);
    }

    /** A part of a key. */
    public sealed interface Part {
        /** A text that is the same for each object. */
        record Literal(String text) implements Part {}

        /** {@code ${jwt:name}}: a claim of the caller's token. */
        record Claim(String name) implements Part {}

        /** A variable that Countersign fills by itself. */
        record Own(Variable variable) implements Part {}
    }

    /** A variable that Countersign fills by itself. */
    public enum Variable {
        /** The id of the upload: 128 random bits. */
        UUID("uuid"),
        /** The extension of the file with its dot; empty for a type that has none. */
        EXT("ext"),
        /** The year in UTC, four digits. */
        YEAR("yyyy"),
        /** The month in UTC, two digits. */
        MONTH("mm"),
        /** The day of the month in UTC, two digits. */
        DAY("dd");

        private final String text;

        Variable(String text) {
            this.text = text;
        }

        private static Optional<Variable> of(String text) {
            for (Variable variable : values()) {
                if (variable.text.equals(text)) {
                    return Optional.of(variable);
                }
            }
            return Optional.empty();
        }
    }

    /** Parses a text; empty when it is too long, has characters beyond printable ASCII, a backslash, a slash at its beginning, or a variable that does not exist. */
    public static Optional<UploadKey> of(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) == '/' || !isPlain(text)) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int opening = text.indexOf(OPENING, from);
            int end = opening < 0 ? text.length() : opening;
            if (end > from) {
                parts.add(new Part.Literal(text.substring(from, end)));
            }
            if (opening < 0) {
                break;
            }
            int closing = text.indexOf('}', opening);
            Optional<Part> variable =
                    closing < 0 ? Optional.empty() : variable(text.substring(opening + OPENING.length(), closing));
            if (variable.isEmpty()) {
                return Optional.empty();
            }
            parts.add(variable.get());
            from = closing + 1;
        }
        return Optional.of(new UploadKey(text, parts));
    }

    private static Optional<Part> variable(String name) {
        if (name.startsWith(CLAIM)) {
            String claim = name.substring(CLAIM.length());
            return Claims.isName(claim) ? Optional.of(new Part.Claim(claim)) : Optional.empty();
        }
        return Variable.of(name).map(Part.Own::new);
    }

    /** A dollar sign begins a variable or is refused: OSS replaces {@code ${filename}} in the key of a form. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '\\' || c == '$' && !text.startsWith(OPENING, i)) {
                return false;
            }
        }
        return true;
    }

    /** The names of the claims that the key uses. */
    public Set<String> claims() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Claim(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Returns the key with these values. */
    public String filled(Function<String, String> claim, Function<Variable, String> own) {
        StringBuilder key = new StringBuilder();
        for (Part part : parts) {
            key.append(
                    switch (part) {
                        case Part.Literal(String literal) -> literal;
                        case Part.Claim(String name) -> claim.apply(name);
                        case Part.Own(Variable variable) -> own.apply(variable);
                    });
        }
        return key.toString();
    }
}
