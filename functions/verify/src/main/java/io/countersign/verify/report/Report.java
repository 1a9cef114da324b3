package io.countersign.verify.report;

import io.countersign.policy.TraceStep;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a failing request. It holds no secret, no security token and no signature that was expected.
 *
 * @param refusal in the words of whoever judges such requests; absent when it was not refused here
 * @param answered what the server is on record to have answered
 * @param trace the steps of the decision here; empty where nothing was decided
 * @param at the moment that it was judged at, if that is not the present
 */
public record Report(
        Kind kind,
        Verdict verdict,
        Optional<Refusal> refusal,
        Optional<Refusal> answered,
        List<TraceStep> trace,
        Explained explained,
        Optional<Instant> at) {
    /** A code and a message of an error. */
    public record Refusal(String code, String message) {}

    public Report {
        trace = List.copyOf(trace);
    }
}
