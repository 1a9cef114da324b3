package io.countersign.verify;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.policy.Outcome;
import io.countersign.policy.TraceStep;
import io.countersign.registry.Facts;
import io.countersign.signing.CanonicalForm;
import io.countersign.verify.explain.Cause;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.Refusals;
import io.countersign.verify.explain.SeenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the answer while the steps run. Used by one request only. */
final class AnswerBuilder {
    private final VerifyRequest request;
    private final List<TraceStep> trace = new ArrayList<>();
    private String step = "format";
    private Optional<VerifiedPrincipal> principal = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> resource = Optional.empty();
    private Optional<CanonicalForm> canonical = Optional.empty();
    private List<Comparison> comparisons = List.of();
    private Optional<Cause> cause = Optional.empty();

    AnswerBuilder(VerifyRequest request) {
        this.request = request;
    }

    /** What the signature goes over, beside what the client says. */
    void explain(Optional<CanonicalForm> form, List<Comparison> compared) {
        canonical = form;
        comparisons = compared;
    }

    /** Why the signature does not hold. */
    void because(Cause found) {
        cause = Optional.of(found);
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
        return new VerifyAnswer(
                principal,
                action,
                resource,
                Optional.empty(),
                obligations,
                trace,
                explained(Optional.empty()),
                request.at(),
                cors);
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
                explained(Optional.of(refusal)),
                request.at(),
                Optional.empty());
    }

    /** The signature and what comes before it are sound; nothing else was looked at. */
    SignatureAnswer signature(boolean checked) {
        return new SignatureAnswer(checked, Optional.empty(), trace, explained(Optional.empty()), request.at());
    }

    /** The step under way refuses, where nothing else is looked at. */
    SignatureAnswer signatureRefused(OssRefusal refusal) {
        trace.add(new TraceStep(step, Outcome.DENY, refusal.text()));
        return new SignatureAnswer(
                true, Optional.of(AnswerError.of(refusal)), trace, explained(Optional.of(refusal)), request.at());
    }

    private Explained explained(Optional<OssRefusal> refusal) {
        return request.explain().isEmpty()
                ? Explained.NOTHING
                : new Explained(
                        canonical,
                        comparisons,
                        refusal.map(reason -> cause.orElseGet(() -> Refusals.cause(
                                reason, new SeenRequest(request.url(), request.headers(), request.form())))));
    }
}
