package io.countersign.verify;

import io.countersign.json.JsonArrayWriter;
import io.countersign.json.JsonText;
import io.countersign.signing.SecurityToken;
import java.util.List;
import java.util.function.Consumer;

/** One condition of a POST policy (protocol.md 4). Field names are in lower case. */
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

    /** The condition as OSS quotes it in its message; of a security token the fingerprint alone. */
    default String described() {
        return switch (this) {
            case Equal equal -> described("eq", equal.field(), JsonText.array(shown(equal.field(), equal.value())));
            case StartsWith start ->
                described("starts-with", start.field(), JsonText.array(shown(start.field(), start.prefix())));
            case In in -> described("in", in.field(), JsonText.array(list(in.field(), in.values())));
            case NotIn notIn -> described("not-in", notIn.field(), JsonText.array(list(notIn.field(), notIn.values())));
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

    private static Consumer<JsonArrayWriter> shown(String field, String value) {
        return array -> array.add(field.equals(TOKEN) ? SecurityToken.fingerprint(value) : value);
    }

    private static Consumer<JsonArrayWriter> list(String field, List<String> values) {
        return array -> array.array(
                inside -> values.forEach(value -> shown(field, value).accept(inside)));
    }
}
