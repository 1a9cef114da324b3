package io.countersign.verify;

import java.util.List;

/** One condition of a POST policy (protocol.md 4). Field names are in lower case. */
sealed interface PostCondition {
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

    /** What the condition is about, for messages; a value may be a token and is never shown. */
    default String described() {
        return switch (this) {
            case Equal equal -> "eq $" + equal.field();
            case StartsWith prefix -> "starts-with $" + prefix.field();
            case In in -> "in $" + in.field();
            case NotIn notIn -> "not-in $" + notIn.field();
            case LengthRange range -> "content-length-range " + range.min() + " to " + range.max();
        };
    }
}
