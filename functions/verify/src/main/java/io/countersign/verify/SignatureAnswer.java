package io.countersign.verify;

import io.countersign.policy.TraceStep;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of looking at a signature alone: never that a request may pass.
 *
 * @param checked whether there was a signature, and a secret to check it with
 * @param error why the request would be refused for its form, its date or its signature; empty when these are sound
 * @param trace the steps in their order
 * @param at the moment that the request asked to be judged at
 */
public record SignatureAnswer(
        boolean checked,
        Optional<AnswerError> error,
        List<TraceStep> trace,
        Explained explained,
        Optional<Instant> at) {
    public SignatureAnswer {
        trace = List.copyOf(trace);
    }
}
