package io.countersign.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Adds the elements of one array; usable only inside the call that hands it out. */
public final class JsonArrayWriter {
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
