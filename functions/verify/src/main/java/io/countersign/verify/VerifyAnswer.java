package io.countersign.verify;

import io.countersign.policy.TraceStep;
import io.countersign.signing.CanonicalForm;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of judging one request.
 *
 * @param principal who made the request: known once the signature held, or when there was none
 * @param action the first action that the request needs, or the one that was refused
 * @param resource what that action is needed on
 * @param error why it may not pass; empty exactly when it may
 * @param obligations what the storage owes the registry once it has carried the request out; none when it may not pass
 * @param trace the steps in their order; never empty
 * @param explained what was found out if the request asked for an explanation
 * @param at the moment that the request asked to be judged at
 * @param cors what to tell the browser, for a preflight that may pass
 */
public record VerifyAnswer(
        Optional<VerifiedPrincipal> principal,
        Optional<String> action,
        Optional<String> resource,
        Optional<AnswerError> error,
        List<Obligation> obligations,
        List<TraceStep> trace,
        Explained explained,
        Optional<Instant> at,
        Optional<CorsAnswer> cors) {
    /** @throws IllegalArgumentException when nothing says how the answer came about */
    public VerifyAnswer {
        obligations = List.copyOf(obligations);
        trace = List.copyOf(trace);
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("an answer says how it came about");
        }
    }

    /** What the signature goes over, if the request asked for it and is signed; tokens in it are replaced. */
    public Optional<CanonicalForm> canonical() {
        return explained.canonical();
    }

    /** Whether the request may pass. */
    public boolean allowed() {
        return error.isEmpty();
    }

    /** 200, or the HTTP status that OSS answers such a request with. */
    public int status() {
        return error.map(AnswerError::status).orElse(200);
    }
}
