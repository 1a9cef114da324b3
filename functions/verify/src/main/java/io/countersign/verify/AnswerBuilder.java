package io.countersign.verify;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.policy.TraceStep;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.signing.CanonicalForm;
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
    private Optional<VerifyAnswer.VerifiedPrincipal> principal = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> resource = Optional.empty();
    private Optional<CanonicalForm> canonical = Optional.empty();
    private List<Comparison> comparisons = List.of();
    private Optional<Explained.Cause> cause = Optional.empty();

    AnswerBuilder(VerifyRequest request) {
        this.request = request;
    }

    /** What the signature goes over, beside what the client says. */
    void explain(Optional<CanonicalForm> form, List<Comparison> compared) {
        canonical = form;
        comparisons = compared;
    }

    /** Why the signature does not hold. */
    void cause(Explained.Cause found) {
        cause = Optional.of(found);
    }

    /** The step that is under way: a refusal from here on is its word. */
    void enter(String name) {
        step = name;
    }

    void pass(String detail) {
        trace.add(new TraceStep(step, TraceStep.Outcome.PASS, detail));
    }

    void add(List<TraceStep> steps) {
        trace.addAll(steps);
    }

    void principal(VerifyAnswer.VerifiedPrincipal known) {
        principal = Optional.of(known);
    }

    void requires(Right right, Facts facts) {
        action = Optional.of(right.action());
        resource = Optional.of(ResourceArn.of(right.scope(), facts));
    }

    VerifyAnswer allowed(List<VerifyAnswer.Obligation> obligations, Optional<VerifyAnswer.CorsAnswer> cors) {
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
        trace.add(new TraceStep(step, TraceStep.Outcome.DENY, refusal.text()));
        return denied(refusal);
    }

    /** Refused by what the trace says already. */
    VerifyAnswer denied(OssRefusal refusal) {
        return new VerifyAnswer(
                principal,
                action,
                resource,
                Optional.of(VerifyAnswer.AnswerError.of(refusal)),
                List.of(),
                trace,
                explained(Optional.of(refusal)),
                request.at(),
                Optional.empty());
    }

    /** The signature and what comes before it are sound; nothing else was looked at. */
    OfflineVerifier.SignatureAnswer signature(boolean checked) {
        return new OfflineVerifier.SignatureAnswer(
                checked, Optional.empty(), trace, explained(Optional.empty()), request.at());
    }

    /** The step under way refuses, where nothing else is looked at. */
    OfflineVerifier.SignatureAnswer signatureRefused(OssRefusal refusal) {
        trace.add(new TraceStep(step, TraceStep.Outcome.DENY, refusal.text()));
        return new OfflineVerifier.SignatureAnswer(
                true,
                Optional.of(VerifyAnswer.AnswerError.of(refusal)),
                trace,
                explained(Optional.of(refusal)),
                request.at());
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

    /** Sentences for the trace: what a step saw when it had nothing to refuse. */
    static final class TraceText {
        private TraceText() {}

        static String operation(ParsedRequest request) {
            return request.operation()
                    .map(operation -> "The request is well formed; it is a " + operation.apiName() + ".")
                    .orElse("The request is well formed.");
        }

        static String date(Credentials credentials) {
            return switch (credentials) {
                case Credentials.None none -> "The request is not signed, so it has no date to check.";
                case Credentials.Signed signed -> "The " + signed.kind() + " is of this time.";
            };
        }

        static String claimant(IdentityStep.Requester claimant) {
            return switch (claimant) {
                case IdentityStep.Requester.Anyone anyone -> "The request presents no access key: it is anonymous.";
                case IdentityStep.Requester.Holder holder ->
                    "The access key " + holder.credentials().accessKeyId() + " belongs to "
                            + holder.principal().arn() + " and may be used.";
            };
        }

        static String signature(IdentityStep.Requester claimant) {
            return switch (claimant) {
                case IdentityStep.Requester.Anyone anyone -> "There is no signature to check.";
                case IdentityStep.Requester.Holder holder ->
                    "The " + holder.credentials().kind() + " matches.";
            };
        }

        static String buckets(ParsedRequest request) {
            return request.buckets().isEmpty()
                    ? "The request is for the service itself."
                    : "The buckets exist: " + String.join(", ", request.buckets()) + ".";
        }
    }

    /** How an answer names what a right is needed on: {@code acs:oss:*:owner:bucket/key} (protocol.md 9), {@code *} for an owner that is not known. */
    static final class ResourceArn {
        private ResourceArn() {}

        static String of(Scope scope, Facts facts) {
            String owner = ParsedRequest.bucketOf(scope)
                    .flatMap(facts::bucket)
                    .map(Bucket::accountId)
                    .orElse("*");
            return "acs:oss:*:" + owner + ":" + scope.path();
        }
    }
}
