package io.countersign.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.BooleanValue;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes JSON without reflection, so that a native image needs no registration of the written types. */
public final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final char REPLACEMENT = '?';

    private JsonText() {}

    /** Writes an object; the consumer adds its members in order. */
    public static String object(Consumer<ObjectWriter> members) {
        return write(generator -> new ObjectWriter(generator).body(members));
    }

    /** Writes an object as UTF-8, as {@link #object} writes it, without the text in between. */
    public static byte[] utf8(Consumer<ObjectWriter> members) {
        BufferRecycler buffers = FACTORY._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(buffers)) {
            try (JsonGenerator generator = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
                new ObjectWriter(generator).body(members);
            }
            return bytes.getClearAndRelease();
        } catch (IOException e) {
            throw notWritten(e);
        } finally {
            buffers.releaseToPool();
        }
    }

    /** Writes an array; the consumer adds its elements in order. */
    public static String array(Consumer<ArrayWriter> elements) {
        return write(generator -> new ObjectWriter(generator).arrays.body(elements));
    }

    /** Writes a value: members in their order, numbers by their literal, no white space. */
    public static String of(Value value) {
        return write(generator -> value(generator, value));
    }

    private static void value(JsonGenerator generator, Value value) throws IOException {
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

    private interface Output {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    private static String write(Output output) {
        BufferRecycler buffers = FACTORY._getBufferRecycler();
        try (SegmentedStringWriter text = new SegmentedStringWriter(buffers)) {
            try (JsonGenerator generator = FACTORY.createGenerator(text)) {
                output.writeTo(generator);
            }
            return text.getAndClear();
        } catch (IOException e) {
            throw notWritten(e);
        } finally {
            buffers.releaseToPool();
        }
    }

    /** The text as it is, but for halves of surrogate pairs: they become what {@link String#getBytes()} makes of them. */
    private static String whole(String text) {
        return Surrogates.replaced(text, REPLACEMENT);
    }

    /** A writer into memory does not fail; only a programming error leads here, such as a member outside of an object. */
    private static UncheckedIOException notWritten(IOException e) {
        return new UncheckedIOException(e);
    }

    /** Adds the elements of one array; valid only during the call that it is passed to. */
    public static final class ArrayWriter {
        private final JsonGenerator generator;
        /** Writes every object in the array: a writer has no state but the generator's. */
        private final ObjectWriter objects;

        private ArrayWriter(JsonGenerator generator, ObjectWriter objects) {
            this.generator = generator;
            this.objects = objects;
        }

        public void add(String value) {
            try {
                generator.writeString(whole(value));
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        public void add(long value) {
            try {
                generator.writeNumber(value);
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        public void object(Consumer<ObjectWriter> members) {
            try {
                objects.body(members);
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        public void array(Consumer<ArrayWriter> elements) {
            try {
                body(elements);
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        private void body(Consumer<ArrayWriter> elements) throws IOException {
            generator.writeStartArray();
            elements.accept(this);
            generator.writeEndArray();
        }
    }

    /** Adds the members of one object; valid only during the call that it is passed to. */
    public static final class ObjectWriter {
        private final JsonGenerator generator;
        private final ArrayWriter arrays;

        ObjectWriter(JsonGenerator generator) {
            this.generator = generator;
            this.arrays = new ArrayWriter(generator, this);
        }

        public ObjectWriter put(String name, String value) {
            try {
                generator.writeFieldName(whole(name));
                generator.writeString(whole(value));
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        /**
         * As {@link #put(String, String)}, for a text that is no string.
         *
         * @param value its first {@code length} characters are the text; halves of surrogate pairs among them are replaced in place
         */
        public ObjectWriter put(String name, char[] value, int length) {
            try {
                generator.writeFieldName(whole(name));
                Surrogates.replace(value, length, REPLACEMENT);
                generator.writeString(value, 0, length);
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        public ObjectWriter put(String name, long value) {
            try {
                generator.writeFieldName(whole(name));
                generator.writeNumber(value);
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        public ObjectWriter put(String name, boolean value) {
            try {
                generator.writeFieldName(whole(name));
                generator.writeBoolean(value);
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        public ObjectWriter put(String name, Value value) {
            try {
                generator.writeFieldName(whole(name));
                JsonText.value(generator, value);
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        /** Adds nothing when the value is absent. */
        public ObjectWriter put(String name, Optional<String> value) {
            return value.isPresent() ? put(name, value.get()) : this;
        }

        public ObjectWriter put(String name, List<String> values) {
            return array(name, array -> values.forEach(array::add));
        }

        public ObjectWriter object(String name, Consumer<ObjectWriter> members) {
            try {
                generator.writeFieldName(whole(name));
                body(members);
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        /** Adds nothing when the value is absent. */
        public <T> ObjectWriter object(String name, Optional<T> value, BiConsumer<ObjectWriter, T> members) {
            if (value.isPresent()) {
                try {
                    generator.writeFieldName(whole(name));
                    object(value.get(), members);
                } catch (IOException e) {
                    throw notWritten(e);
                }
            }
            return this;
        }

        public ObjectWriter array(String name, Consumer<ArrayWriter> elements) {
            try {
                generator.writeFieldName(whole(name));
                arrays.body(elements);
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        /** Adds an array with an object for each element, in their order. */
        public <T> ObjectWriter objects(String name, Iterable<T> elements, BiConsumer<ObjectWriter, T> members) {
            try {
                generator.writeFieldName(whole(name));
                generator.writeStartArray();
                for (T element : elements) {
                    object(element, members);
                }
                generator.writeEndArray();
            } catch (IOException e) {
                throw notWritten(e);
            }
            return this;
        }

        private <T> void object(T value, BiConsumer<ObjectWriter, T> members) throws IOException {
            generator.writeStartObject();
            members.accept(this, value);
            generator.writeEndObject();
        }

        private void body(Consumer<ObjectWriter> members) throws IOException {
            generator.writeStartObject();
            members.accept(this);
            generator.writeEndObject();
        }
    }
}
