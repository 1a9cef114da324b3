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

    /**
     * Where a value stands in its document.
     *
     * @param path members and indexes from the root, as {@code accounts[0].users[1].name}; empty for the root itself; after 256 characters it is cut, and ends in three dots
     * @param line the line of the text, from 1
     */
    public record Location(String path, int line) {
        /** Every value of a document has its place, and names may be long: a small text must not become a large one. */
        private static final int MAX_PATH = 256;

        private static final String CUT = "...";

        Location member(String name, int line) {
            return isCut()
                    ? new Location(path, line)
                    : new Location(cut(path.isEmpty() ? name : path + "." + name), line);
        }

        Location element(int index, int line) {
            return isCut() ? new Location(path, line) : new Location(cut(path + "[" + index + "]"), line);
        }

        private boolean isCut() {
            return path.endsWith(CUT);
        }

        private static String cut(String path) {
            return path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + CUT : path;
        }

        @Override
        public String toString() {
            return path.isEmpty() ? "the document" : path;
        }
    }
}
