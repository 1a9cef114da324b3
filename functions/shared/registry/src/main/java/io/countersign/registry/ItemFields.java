package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads and writes the members that several kinds of stored records share. */
final class ItemFields {
    private ItemFields() {}

    static <T> T one(Members members, String name, Function<String, Optional<T>> of) throws InvalidDocumentException {
        Value value = members.required(name);
        return of.apply(Members.string(value))
                .orElseThrow(() -> new InvalidDocumentException(value.at(), "the value is not known here"));
    }

    static Instant instant(Members members, String name) throws InvalidDocumentException {
        Value value = members.required(name);
        try {
            return Instant.parse(Members.string(value));
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(value.at(), "expected a moment in UTC");
        }
    }

    static Duration duration(Members members, String name) throws InvalidDocumentException {
        Value value = members.required(name);
        try {
            return Duration.parse(Members.string(value));
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(value.at(), "expected a duration");
        }
    }

    static List<String> strings(Members members, String name) throws InvalidDocumentException {
        List<String> texts = new ArrayList<>();
        for (Value value : members.list(name)) {
            texts.add(Members.string(value));
        }
        return texts;
    }

    /**
     * Each policy is stored as a text of its own, so that the depth limit of JSON applies to each of them separately.
     */
    static List<PolicyDocument> policies(Members members, PolicyDocument.Kind kind) throws InvalidDocumentException {
        List<PolicyDocument> policies = new ArrayList<>();
        for (String text : strings(members, "policies")) {
            policies.add(PolicyDocument.parse(Values.parse(text), kind));
        }
        return policies;
    }

    static List<String> texts(List<PolicyDocument> policies) {
        return policies.stream().map(PolicyDocument::json).toList();
    }
}
