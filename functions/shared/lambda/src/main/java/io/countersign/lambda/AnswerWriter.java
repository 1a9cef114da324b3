package io.countersign.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Writes what was written already. Registered for native images beside {@link EventReader}. */
public final class AnswerWriter extends JsonSerializer<Answer> {
    @Override
    public void serialize(Answer answer, JsonGenerator generator, SerializerProvider serializers) throws IOException {
        generator.writeRawValue(answer.json());
    }
}
