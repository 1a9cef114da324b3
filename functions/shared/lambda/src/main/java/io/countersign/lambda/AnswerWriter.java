package io.countersign.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;

/** Writes what was written already. Registered for native images beside {@link EventReader}. */
public final class AnswerWriter extends JsonSerializer<AnswerWriter.Answer> {
    @Override
    public void serialize(Answer answer, JsonGenerator generator, SerializerProvider serializers) throws IOException {
        generator.writeRawValue(answer.json());
    }

    /**
     * What a Lambda answers.
     *
     * @param json the text of one JSON document, which is written as it stands
     */
    @JsonSerialize(using = AnswerWriter.class)
    public record Answer(String json) {
        /** It may hold credentials. */
        @Override
        public String toString() {
            return json.length() + " characters";
        }
    }
}
