package io.countersign.verify.decide;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Values;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.signing.SecurityToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * The policy of a POST upload (docs/protocol.md 4; help.aliyun.com, PostObject, "Appendix: Policy" and the pages of EC 0006-00000201 to -00000227): the form fields that its signer permits,
 * and its expiration.
 *
 * @param conditions never empty; all must be met
 */
record PostPolicy(Instant expiration, List<PostCondition> conditions) {
    private static final String EXPIRATION = "expiration";
    private static final String CONDITIONS = "conditions";

    PostPolicy {
        conditions = List.copyOf(conditions);
    }

    /** @throws OssRefusal InvalidPolicyDocument when the text is not Base64 of one strict policy document */
    static PostPolicy parse(String base64) throws OssRefusal {
        Members members = members(base64);
        if (!members.has(EXPIRATION) || !members.has(CONDITIONS)) {
            throw new OssRefusal(lacking(members));
        }
        PostPolicy policy = new PostPolicy(expiration(members), conditions(members));
        try {
            members.done();
        } catch (InvalidDocumentException e) {
            throw refused(OssError.INVALID_POLICY_DOCUMENT, e);
        }
        return policy;
    }

    private static Members members(String base64) throws OssRefusal {
        if (base64.isEmpty()) {
            throw new OssRefusal(OssError.POLICY_EMPTY);
        }
        byte[] json;
        try {
            json = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new OssRefusal(OssError.POLICY_NOT_BASE64);
        }
        try {
            return Members.of(Values.parse(json));
        } catch (InvalidDocumentException e) {
            throw new OssRefusal(
                    OssError.POLICY_NOT_JSON,
                    "Invalid Policy: Invalid JSON: " + e.problem() + " (at " + e.location() + ").");
        }
    }

    private static OssError lacking(Members members) {
        if (members.has(EXPIRATION)) {
            return OssError.POLICY_WITHOUT_CONDITIONS;
        }
        return members.has(CONDITIONS) ? OssError.POLICY_WITHOUT_EXPIRATION : OssError.POLICY_WITHOUT_BOTH;
    }

    private static Instant expiration(Members members) throws OssRefusal {
        String text;
        try {
            text = members.string(EXPIRATION);
        } catch (InvalidDocumentException e) {
            throw refused(OssError.POLICY_EXPIRATION_NO_TEXT, e);
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new OssRefusal(
                    text.isEmpty() ? OssError.POLICY_EXPIRATION_EMPTY : OssError.POLICY_EXPIRATION_NO_MOMENT);
        }
    }

    private static List<PostCondition> conditions(Members members) throws OssRefusal {
        List<PostCondition> conditions = new ArrayList<>();
        try {
            for (Value condition : Members.array(members.required(CONDITIONS))) {
                conditions.add(PostConditionReader.read(condition));
            }
        } catch (InvalidDocumentException e) {
            throw refused(OssError.INVALID_POLICY_DOCUMENT, e);
        }
        if (conditions.isEmpty()) {
            throw new OssRefusal(OssError.POLICY_CONDITIONS_EMPTY);
        }
        return conditions;
    }

    /** The refusal with the place in the policy and the problem. */
    static OssRefusal refused(OssError error, InvalidDocumentException e) {
        return new OssRefusal(error, "Invalid Policy: " + e.problem() + " (at " + e.location() + ").");
    }

    /** One condition of a POST policy (docs/protocol.md 4). Field names are in lower case. */
    sealed interface PostCondition {
        String TOKEN = "x-oss-security-token";

        /** {@code {"k":"v"}} or {@code ["eq","$k","v"]}. */
        record Equal(String field, String value) implements PostCondition {}

        record StartsWith(String field, String prefix) implements PostCondition {}

        record In(String field, List<String> values) implements PostCondition {
            public In {
                values = List.copyOf(values);
            }
        }

        record NotIn(String field, List<String> values) implements PostCondition {
            public NotIn {
                values = List.copyOf(values);
            }
        }

        /** Bytes of the file, both ends included. */
        record LengthRange(long min, long max) implements PostCondition {}

        /** Whether the condition is on this field, named in lower case. */
        default boolean isAbout(String field) {
            return switch (this) {
                case Equal equal -> equal.field().equals(field);
                case StartsWith prefix -> prefix.field().equals(field);
                case In in -> in.field().equals(field);
                case NotIn notIn -> notIn.field().equals(field);
                case LengthRange range -> false;
            };
        }

        /** The condition as OSS quotes it in its message. A security token is replaced by its fingerprint. */
        default String described() {
            return switch (this) {
                case Equal equal -> described("eq", equal.field(), JsonText.array(shown(equal.field(), equal.value())));
                case StartsWith start ->
                    described("starts-with", start.field(), JsonText.array(shown(start.field(), start.prefix())));
                case In in -> described("in", in.field(), JsonText.array(list(in.field(), in.values())));
                case NotIn notIn ->
                    described("not-in", notIn.field(), JsonText.array(list(notIn.field(), notIn.values())));
                case LengthRange range -> "[\"content-length-range\", " + range.min() + ", " + range.max() + "]";
            };
        }

        /** @param value in the brackets of an array of its own */
        private static String described(String operator, String field, String value) {
            String name = JsonText.array(array -> array.add("$" + field));
            return "[\"" + operator + "\", " + inner(name) + ", " + inner(value) + "]";
        }

        private static String inner(String array) {
            return array.substring(1, array.length() - 1);
        }

        private static Consumer<JsonText.ArrayWriter> shown(String field, String value) {
            return array -> array.add(field.equals(TOKEN) ? SecurityToken.fingerprint(value) : value);
        }

        private static Consumer<JsonText.ArrayWriter> list(String field, List<String> values) {
            return array -> array.array(
                    inside -> values.forEach(value -> shown(field, value).accept(inside)));
        }
    }

    /** Reads the conditions of a POST policy strictly; {@code \\$} in a value is a dollar sign. */
    static final class PostConditionReader {
        private static final String RANGE = "content-length-range";

        private PostConditionReader() {}

        /** @throws OssRefusal InvalidPolicyDocument when the value is not a condition */
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
                throw refused(
                        OssError.POLICY_MATCHING_MODE, value, "a condition in brackets is [operator, $field, value]");
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
            return new PostCondition.Equal(SubmittedForm.FormFields.lower(member.getKey()), text(member.getValue()));
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
            return SubmittedForm.FormFields.lower(name.text().substring(1));
        }

        private static List<String> texts(Value value) throws OssRefusal {
            try {
                // Members.strings accepts a single string as a list of one; OSS requires a list here.
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
}
