package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads members whose texts must have a certain form. A refusal describes the form. */
final class Texts {
    private Texts() {}

    static String required(Members members, String name, Predicate<String> form, String what)
            throws InvalidDocumentException {
        return formed(members.required(name), form, what);
    }

    static Optional<String> optional(Members members, String name, Predicate<String> form, String what)
            throws InvalidDocumentException {
        return members.has(name) ? Optional.of(required(members, name, form, what)) : Optional.empty();
    }

    static String formed(Value value, Predicate<String> form, String what) throws InvalidDocumentException {
        String text = Members.string(value);
        if (!form.test(text)) {
            throw new InvalidDocumentException(value.at(), "expected " + what);
        }
        return text;
    }

    /** Reads one of a closed set of words. */
    static <T> T word(Members members, String name, T otherwise, Function<String, Optional<T>> of, String what)
            throws InvalidDocumentException {
        if (!members.has(name)) {
            return otherwise;
        }
        Value value = members.required(name);
        return of.apply(Members.string(value))
                .orElseThrow(() -> new InvalidDocumentException(value.at(), "expected " + what));
    }

    /** Reads at most {@code max} different texts; empty when the member is absent. */
    static List<String> list(Members members, String name, int max, Predicate<String> form, String what)
            throws InvalidDocumentException {
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Value value : elements(members, name, max)) {
            String text = formed(value, form, what);
            if (!seen.add(text)) {
                throw new InvalidDocumentException(value.at(), "this is duplicated in the list; name it once");
            }
            texts.add(text);
        }
        return texts;
    }

    static List<Value> elements(Members members, String name, int max) throws InvalidDocumentException {
        List<Value> values = members.list(name);
        if (values.size() > max) {
            throw new InvalidDocumentException(
                    values.get(max).at(), "there are more than " + max + " of these; at most " + max + " are taken");
        }
        return values;
    }
}
