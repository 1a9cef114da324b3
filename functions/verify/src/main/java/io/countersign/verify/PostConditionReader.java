package io.countersign.verify;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import java.util.List;

/** Reads the conditions of a POST policy strictly; {@code \$} in a value is a dollar sign. */
final class PostConditionReader {
    private PostConditionReader() {}

    static PostCondition read(Value value) throws InvalidDocumentException {
        if (value instanceof ObjectValue object) {
            return ofObject(object);
        }
        List<Value> parts = Members.array(value);
        if (parts.size() != 3) {
            throw new InvalidDocumentException(
                    value.at(), "a condition is [operator, $field, value] or {field: value}");
        }
        String operator = Members.string(parts.get(0));
        return switch (operator) {
            case "eq" -> new PostCondition.Equal(field(parts.get(1)), text(parts.get(2)));
            case "starts-with" -> new PostCondition.StartsWith(field(parts.get(1)), text(parts.get(2)));
            case "in" -> new PostCondition.In(field(parts.get(1)), texts(parts.get(2)));
            case "not-in" -> new PostCondition.NotIn(field(parts.get(1)), texts(parts.get(2)));
            case "content-length-range" ->
                new PostCondition.LengthRange(
                        Members.integer(parts.get(1), 0, Long.MAX_VALUE),
                        Members.integer(parts.get(2), 0, Long.MAX_VALUE));
            default ->
                throw new InvalidDocumentException(
                        parts.get(0).at(), "the operators are eq, starts-with, in, not-in and content-length-range");
        };
    }

    private static PostCondition ofObject(ObjectValue object) throws InvalidDocumentException {
        if (object.members().size() != 1) {
            throw new InvalidDocumentException(object.at(), "a condition in braces has one member, {field: value}");
        }
        var member = object.members().entrySet().iterator().next();
        return new PostCondition.Equal(FormFields.lower(member.getKey()), text(member.getValue()));
    }

    private static String field(Value value) throws InvalidDocumentException {
        String name = Members.string(value);
        if (!name.startsWith("$") || name.length() == 1) {
            throw new InvalidDocumentException(value.at(), "a field is written with a $ before its name");
        }
        return FormFields.lower(name.substring(1));
    }

    private static List<String> texts(Value value) throws InvalidDocumentException {
        return Members.strings(value).stream()
                .map(PostConditionReader::unescaped)
                .toList();
    }

    private static String text(Value value) throws InvalidDocumentException {
        return unescaped(Members.string(value));
    }

    private static String unescaped(String text) {
        return text.replace("\\$", "$");
    }
}
