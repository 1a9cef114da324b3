package io.countersign.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.BooleanValue;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes JSON text without reflection, so that a native function needs no registration for what it answers. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** The text of one object whose members the writer puts, in that order. */
    public static String object(Consumer<JsonObjectWriter> members) {
        return write(generator -> new JsonObjectWriter(generator).body(members));
    }

    /** The text of one array. */
    public static String array(Consumer<JsonArrayWriter> elements) {
        return write(generator -> new JsonArrayWriter(generator).body(elements));
    }

    /** The value's text: members in their order, numbers by their literal, no white space. */
    public static String of(Value value) {
        return write(generator -> {
            try {
                value(generator, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static void value(JsonGenerator generator, Value value) throws IOException {
        switch (value) {
            case ObjectValue object -> {
                generator.writeStartObject();
                for (var member : object.members().entrySet()) {
                    generator.writeFieldName(member.getKey());
                    value(generator, member.getValue());
                }
                generator.writeEndObject();
            }
            case ArrayValue array -> {
                generator.writeStartArray();
                for (Value element : array.elements()) {
                    value(generator, element);
                }
                generator.writeEndArray();
            }
            case StringValue string -> generator.writeString(string.text());
            case NumberValue number -> generator.writeNumber(number.literal());
            case BooleanValue bool -> generator.writeBoolean(bool.value());
            case NullValue nothing -> generator.writeNull();
        }
    }

    private static String write(Consumer<JsonGenerator> body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            body.accept(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Adds the elements of one array; usable only inside the call that hands it out. */
    public static final class JsonArrayWriter {
        private final JsonGenerator generator;

        JsonArrayWriter(JsonGenerator generator) {
            this.generator = generator;
        }

        public void add(String value) {
            try {
                generator.writeString(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void add(long value) {
            try {
                generator.writeNumber(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public void object(Consumer<JsonObjectWriter> members) {
            new JsonObjectWriter(generator).body(members);
        }

        public void array(Consumer<JsonArrayWriter> elements) {
            new JsonArrayWriter(generator).body(elements);
        }

        void body(Consumer<JsonArrayWriter> elements) {
            try {
                generator.writeStartArray();
                elements.accept(this);
                generator.writeEndArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Puts the members of one object; usable only inside the call that hands it out. */
    public static final class JsonObjectWriter {
        private final JsonGenerator generator;

        JsonObjectWriter(JsonGenerator generator) {
            this.generator = generator;
        }

        public JsonObjectWriter put(String name, String value) {
            return member(name, () -> generator.writeString(value));
        }

        public JsonObjectWriter put(String name, long value) {
            return member(name, () -> generator.writeNumber(value));
        }

        public JsonObjectWriter put(String name, boolean value) {
            return member(name, () -> generator.writeBoolean(value));
        }

        public JsonObjectWriter put(String name, Value value) {
            return member(name, () -> JsonText.value(generator, value));
        }

        /** Puts nothing when the value is absent. */
        public JsonObjectWriter put(String name, Optional<String> value) {
            value.ifPresent(text -> put(name, text));
            return this;
        }

        public JsonObjectWriter put(String name, List<String> values) {
            return array(name, array -> values.forEach(array::add));
        }

        public JsonObjectWriter object(String name, Consumer<JsonObjectWriter> members) {
            return member(name, () -> new JsonObjectWriter(generator).body(members));
        }

        public JsonObjectWriter array(String name, Consumer<JsonArrayWriter> elements) {
            return member(name, () -> new JsonArrayWriter(generator).body(elements));
        }

        void body(Consumer<JsonObjectWriter> members) {
            try {
                generator.writeStartObject();
                members.accept(this);
                generator.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private JsonObjectWriter member(String name, Body body) {
            try {
                generator.writeFieldName(name);
                body.write();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private interface Body {
            void write() throws IOException;
        }
    }
}
