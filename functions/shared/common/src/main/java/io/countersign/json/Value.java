package io.countersign.json;

import java.util.List;
import java.util.Map;

/** An immutable JSON value with its location, so that a refusal can name it. */
public sealed interface Value {
    Location at();

    /** The type for messages: "a string", "an object". */
    String kind();

    /** @param members in the order of the text, with distinct names */
    record ObjectValue(Location at, Map<String, Value> members) implements Value {
        public ObjectValue {
            members = FrozenMembers.of(members);
        }

        FrozenMembers frozen() {
            return (FrozenMembers) members;
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

    /** A number as its literal text, which keeps every digit. */
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
     * The location of a value in its document.
     *
     * @param path members and indexes from the root, such as {@code accounts[0].users[1].name}; empty for the root; cut after 256 characters, with three dots at its end
     * @param line the line of the text, from 1
     */
    public record Location(String path, int line) {
        /** Bounds the memory of a document with long names, because every value has a path. */
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
