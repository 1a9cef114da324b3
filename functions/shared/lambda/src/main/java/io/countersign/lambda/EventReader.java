package io.countersign.lambda;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;

/**
 * Reads an event strictly, with {@link Values}. Jackson's own binding to a bean would ignore members that it does not know, and keep the last of two of one name.
 * This module's {@code META-INF/native-image} registers the class for native images.
 */
public final class EventReader extends JsonDeserializer<EventReader.Event> {
    @Override
    public Event deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        long start = offset(parser.currentTokenLocation());
        try {
            Value value = Values.readCurrent(parser);
            return new Event(value, offset(parser.currentLocation()) - start);
        } catch (InvalidDocumentException e) {
            throw InvalidEventException.of(e);
        }
    }

    @Override
    public Event getNullValue(DeserializationContext context) {
        return new Event(new Value.NullValue(new Value.Location("", 1)), "null".length());
    }

    /** @throws InvalidEventException when the parser does not count: nothing would bound the event */
    private static long offset(JsonLocation location) throws InvalidEventException {
        long offset = Math.max(location.getByteOffset(), location.getCharOffset());
        if (offset < 0) {
            throw new InvalidEventException("the length of the event is not known; send it as bytes");
        }
        return offset;
    }

    /**
     * The JSON that Lambda invokes a function with: any value, with all of its members in their order.
     *
     * @param length of the value's text in bytes, as it was sent
     */
    @JsonDeserialize(using = EventReader.class)
    public record Event(Value value, long length) {}
}
