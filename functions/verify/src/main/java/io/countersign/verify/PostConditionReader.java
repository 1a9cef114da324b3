package io.countersign.verify;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.List;

/** Reads the conditions of a POST policy strictly; {@code \\$} in a value is a dollar sign. */
final class PostConditionReader {
    private static final String RANGE = "content-length-range";

    private PostConditionReader() {}

    /** @throws OssRefusal InvalidPolicyDocument for what is no condition */
    static PostCondition read(Value value) throws OssRefusal {
        if (value instanceof ObjectValue object) {
            return ofObject(object);
        }
        if (!(value instanceof ArrayValue array)) {
            throw refused(
                    OssError.POLICY_CONDITION_KIND,
                    value,
                    "a condition is [operator, $field, value] or {field: value}, found " + value.kind());
        }
        List<Value> parts = array.elements();
        if (parts.size() != 3 || !(parts.getFirst() instanceof Value.StringValue operator)) {
            throw refused(OssError.POLICY_MATCHING_MODE, value, "a condition in brackets is [operator, $field, value]");
        }
        return switch (operator.text()) {
            case "eq" -> new PostCondition.Equal(field(parts.get(1)), text(parts.get(2)));
            case "starts-with" -> new PostCondition.StartsWith(field(parts.get(1)), text(parts.get(2)));
            case "in" -> new PostCondition.In(field(parts.get(1)), texts(parts.get(2)));
            case "not-in" -> new PostCondition.NotIn(field(parts.get(1)), texts(parts.get(2)));
            case RANGE -> range(value, parts.get(1), parts.get(2));
            default ->
                throw refused(
                        OssError.POLICY_MATCHING_MODE,
                        operator,
                        "the operators are eq, starts-with, in, not-in and " + RANGE);
        };
    }

    private static PostCondition ofObject(ObjectValue object) throws OssRefusal {
        if (object.members().size() != 1) {
            throw refused(
                    OssError.INVALID_POLICY_DOCUMENT,
                    object,
                    "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified");
        }
        var member = object.members().entrySet().iterator().next();
        return new PostCondition.Equal(FormFields.lower(member.getKey()), text(member.getValue()));
    }

    private static PostCondition range(Value condition, Value least, Value most) throws OssRefusal {
        try {
            long min = Members.integer(least, 0, Long.MAX_VALUE);
            long max = Members.integer(most, 0, Long.MAX_VALUE);
            if (min > max) {
                throw refused(OssError.POLICY_RANGE_REVERSED, condition, RANGE + " ends before it begins");
            }
            return new PostCondition.LengthRange(min, max);
        } catch (InvalidDocumentException e) {
            throw PostPolicy.refused(OssError.POLICY_RANGE, e);
        }
    }

    private static String field(Value value) throws OssRefusal {
        if (!(value instanceof Value.StringValue name)
                || !name.text().startsWith("$")
                || name.text().length() == 1) {
            throw refused(OssError.POLICY_MATCHING_MODE, value, "a field is written with a $ before its name");
        }
        return FormFields.lower(name.text().substring(1));
    }

    private static List<String> texts(Value value) throws OssRefusal {
        try {
            // A lone string is taken elsewhere for a list of one; OSS wants a list here.
            return Members.array(value).isEmpty()
                    ? List.of()
                    : Members.strings(value).stream()
                            .map(PostConditionReader::unescaped)
                            .toList();
        } catch (InvalidDocumentException e) {
            throw PostPolicy.refused(OssError.POLICY_CONDITION_VALUE, e);
        }
    }

    private static String text(Value value) throws OssRefusal {
        try {
            return unescaped(Members.string(value));
        } catch (InvalidDocumentException e) {
            throw PostPolicy.refused(OssError.POLICY_CONDITION_VALUE, e);
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\$", "$");
    }

    private static OssRefusal refused(OssError error, Value value, String problem) {
        return PostPolicy.refused(error, new InvalidDocumentException(value.at(), problem));
    }
}
