package io.countersign.lambda;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

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
