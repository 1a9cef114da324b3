package io.countersign.presign;

import io.countersign.http.Problem;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.JsonObjectWriter;

/** What became of one request. */
sealed interface Outcome {
    /** Puts the members of its place in {@code results}. */
    void write(JsonObjectWriter json);

    record Made(PresignedUrl url) implements Outcome {
        @Override
        public void write(JsonObjectWriter json) {
            url.write(json);
        }
    }

    record Refusal(Problem problem) implements Outcome {
        static Refusal of(SigningRefusal refusal) {
            return new Refusal(refusal.problem("The URL is not made"));
        }

        @Override
        public void write(JsonObjectWriter json) {
            json.object("error", error -> error.put("code", problem.code()).put("message", problem.detail()));
        }
    }
}
