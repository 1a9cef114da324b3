package io.countersign.verify;

import io.countersign.json.JsonText;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.explain.Explained;

/** The JSON of answers, for tests that have no call. */
final class Answers {
    private Answers() {}

    static String json(VerifyAnswer answer, Explained explained) {
        return JsonText.object(json -> AnswerWriter.write(json, answer, explained));
    }
}
