package io.countersign.json;

import java.util.List;
import java.util.Map;

/** One immutable JSON value that knows its place, so that a refusal can name it. */
public sealed interface Value {
    Location at();

    /** What this value is, in a word for messages: "a string", "an object". */
    String kind();

    /** Members in the order of the text; no name stands twice. */
    record ObjectValue(Location at, Map<String, Value> members) implements Value {
        public ObjectValue {
            members = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(members));
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    record ArrayValue(Location at, List<Value> elements) implements Value {
        public ArrayValue {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    record StringValue(Location at, String text) implements Value {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number by its literal text, so that no digit is lost. */
    record NumberValue(Location at, String literal) implements Value {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record BooleanValue(Location at, boolean value) implements Value {
        @Override
        public String kind() {
            return "a boolean";
        }
    }

    record NullValue(Location at) implements Value {
        @Override
        public String kind() {
            return "null";
        }
    }
}
