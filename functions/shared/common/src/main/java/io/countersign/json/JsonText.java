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
}
