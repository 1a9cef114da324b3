package io.countersign.json;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
     * The location of a value in its document. It makes its path when it is asked for one, from the locations around it: only a refusal needs it. Equal locations have
     * the same path and line.
     */
    sealed class Location {
        /** Bounds the length of a refusal, and of what a document of long names takes. */
        private static final int MAX_PATH = 256;

        private static final String CUT = "...";

        private final String path;
        private final int line;

        /**
         * @param path members and indexes from the root, such as {@code accounts[0].users[1].name}; empty for the root
         * @param line the line of the text, from 1
         */
        public Location(String path, int line) {
            this.path = path;
            this.line = line;
        }

        /** Members and indexes from the root; empty for the root; cut after 256 characters, with three dots at its end. */
        public String path() {
            return path;
        }

        /** The line of the text, from 1. */
        public int line() {
            return line;
        }

        Location member(String name, int line) {
            return new OfMember(this, name, line);
        }

        Location element(int index, int line) {
            return new OfElement(this, index, line);
        }

        private static final class OfMember extends Location {
            private final Location object;

            private OfMember(Location object, String name, int line) {
                super(name, line);
                this.object = object;
            }

            @Override
            public String path() {
                String name = super.path();
                return below(object, path -> path.isEmpty() ? name : path + "." + name);
            }
        }

        private static final class OfElement extends Location {
            private final Location array;
            private final int index;

            private OfElement(Location array, int index, int line) {
                super("", line);
                this.array = array;
                this.index = index;
            }

            @Override
            public String path() {
                return below(array, path -> path + "[" + index + "]");
            }
        }

        private static String below(Location around, UnaryOperator<String> step) {
            String path = around.path();
            if (path.endsWith(CUT)) {
                return path;
            }
            String longer = step.apply(path);
            return longer.length() > MAX_PATH ? longer.substring(0, MAX_PATH) + CUT : longer;
        }

        @Override
        public final boolean equals(@Nullable Object other) {
            return this == other || other instanceof Location that && line == that.line && path().equals(that.path());
        }

        @Override
        public final int hashCode() {
            return 31 * path().hashCode() + line;
        }

        @Override
        public final String toString() {
            String path = path();
            return path.isEmpty() ? "the document" : path;
        }
    }
}
