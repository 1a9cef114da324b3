package io.countersign.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;

/**
 * Hands Funqy's parser to our own reader, since a bean would ignore members that it does not know and keep the last of two of one name. The registration for
 * native images stands in this module's {@code META-INF/native-image}.
 */
public final class EventReader extends JsonDeserializer<EventReader.Event> {
    @Override
    public Event deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        // From here on: Funqy's parser was made for beans, which need neither.
        parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        try {
            return new Event(Values.readCurrent(parser));
        } catch (InvalidDocumentException e) {
            throw new InvalidEventException(e.location() + ": " + e.problem());
        }
    }

    @Override
    public Event getNullValue(DeserializationContext context) {
        return new Event(new Value.NullValue(new Value.Location("", 1)));
    }

    /** What a Lambda is invoked with: any JSON, whole and in its order, read as strictly as a body of HTTP. */
    @JsonDeserialize(using = EventReader.class)
    public record Event(Value value) {}
}
