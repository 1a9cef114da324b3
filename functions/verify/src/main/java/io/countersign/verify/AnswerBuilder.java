package io.countersign.verify;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.policy.Outcome;
import io.countersign.policy.TraceStep;
import io.countersign.registry.Facts;
import io.countersign.signing.CanonicalForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the answer while the steps run. Used by one request only. */
final class AnswerBuilder {
    private final Optional<Instant> at;
    private final List<TraceStep> trace = new ArrayList<>();
    private String step = "format";
    private Optional<VerifiedPrincipal> principal = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> resource = Optional.empty();
    private Optional<CanonicalForm> canonical = Optional.empty();

    AnswerBuilder(Optional<Instant> at) {
        this.at = at;
    }

    void explain(Optional<CanonicalForm> form) {
        canonical = form;
    }

    /** The step that is under way: a refusal from here on is its word. */
    void enter(String name) {
        step = name;
    }

    void pass(String detail) {
        trace.add(new TraceStep(step, Outcome.PASS, detail));
    }

    void add(List<TraceStep> steps) {
        trace.addAll(steps);
    }

    void madeBy(VerifiedPrincipal known) {
        principal = Optional.of(known);
    }

    void needs(Right right, Facts facts) {
        action = Optional.of(right.action());
        resource = Optional.of(ResourceArn.of(right.scope(), facts));
    }

    VerifyAnswer allowed(List<Obligation> obligations, Optional<CorsAnswer> cors) {
        return new VerifyAnswer(principal, action, resource, Optional.empty(), obligations, trace, canonical, at, cors);
    }

    /** Refused by the step under way. */
    VerifyAnswer refused(OssRefusal refusal) {
        trace.add(new TraceStep(step, Outcome.DENY, refusal.text()));
        return denied(refusal);
    }

    /** Refused by what the trace says already. */
    VerifyAnswer denied(OssRefusal refusal) {
        return new VerifyAnswer(
                principal,
                action,
                resource,
                Optional.of(AnswerError.of(refusal)),
                List.of(),
                trace,
                canonical,
                at,
                Optional.empty());
    }
}
