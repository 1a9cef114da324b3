package io.countersign.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;

/** Copies an answer that is JSON already to Funqy's output. This module's {@code META-INF/native-image} registers the class for native images. */
public final class AnswerWriter extends JsonSerializer<AnswerWriter.Answer> {
    @Override
    public void serialize(Answer answer, JsonGenerator generator, SerializerProvider serializers) throws IOException {
        generator.writeRawValue(answer.json());
    }

    /**
     * The answer to an invocation.
     *
     * @param json the text of one JSON document, which is written unchanged
     */
    @JsonSerialize(using = AnswerWriter.class)
    public record Answer(String json) {
        /** Leaves the text out, which may hold credentials. */
        @Override
        public String toString() {
            return json.length() + " characters";
        }
    }
}
