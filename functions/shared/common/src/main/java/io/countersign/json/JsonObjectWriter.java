package io.countersign.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts the members of one object; usable only inside the call that hands it out. */
public final class JsonObjectWriter {
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
