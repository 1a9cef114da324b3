package io.countersign.verify.decide;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.policy.Principal;
import io.countersign.policy.TraceStep;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.signing.CredentialScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the answer while the steps run. Used by one request only. */
final class AnswerBuilder {
    /** The steps of an allowed request that is governed by one policy. */
    private static final int STEPS = 10;

    private final VerifyRequest request;
    private final DecisionObserver observer;
    private final List<TraceStep> trace = new ArrayList<>(STEPS);
    private String step = "format";
    private Optional<VerifyAnswer.VerifiedPrincipal> principal = Optional.empty();
    private Optional<VerifyAnswer.PresentedSignature> presented = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> resource = Optional.empty();
    private Optional<OneUse> oneUse = Optional.empty();

    AnswerBuilder(VerifyRequest request, DecisionObserver observer) {
        this.request = request;
        this.observer = observer;
    }

    DecisionObserver observer() {
        return observer;
    }

    /** Names the step that runs from here on; the trace records a refusal under its name. */
    void enter(String name) {
        step = name;
    }

    void pass(String detail) {
        trace.add(new TraceStep(step, TraceStep.Outcome.PASS, detail));
    }

    /** @param detail writes the sentence when it is read, which most callers never do */
    void pass(Supplier<String> detail) {
        trace.add(new TraceStep(step, TraceStep.Outcome.PASS, detail));
    }

    void add(List<TraceStep> steps) {
        trace.addAll(steps);
    }

    void principal(VerifyAnswer.VerifiedPrincipal known) {
        principal = Optional.of(known);
    }

    void presented(Credentials credentials) {
        presented = switch (credentials) {
            case Credentials.None none -> Optional.empty();
            case Credentials.Signed signed ->
                Optional.of(new VerifyAnswer.PresentedSignature(signed.version(), signed.accessKeyId()));
        };
    }

    /** The URL is good once. */
    void goodOnce(OneUse use) {
        enter(UrlUses.STEP);
        pass("The URL is good for one request: it passes if no other has.");
        oneUse = Optional.of(use);
    }

    void requires(Right right, Facts facts) {
        action = Optional.of(right.action());
        resource = Optional.of(ResourceArn.of(right.scope(), facts));
    }

    VerifyAnswer allowed(List<VerifyAnswer.Obligation> obligations, Optional<VerifyAnswer.CorsAnswer> cors) {
        return new VerifyAnswer(
                principal,
                presented,
                action,
                resource,
                Optional.empty(),
                obligations,
                trace,
                request.at(),
                cors,
                oneUse);
    }

    /** The current step refuses. */
    VerifyAnswer refused(OssRefusal refusal) {
        trace.add(new TraceStep(step, TraceStep.Outcome.DENY, refusal.text()));
        return denied(refusal);
    }

    /** Refuses for a reason that the trace already holds. */
    VerifyAnswer denied(OssRefusal refusal) {
        observer.refused(refusal);
        return new VerifyAnswer(
                principal,
                presented,
                action,
                resource,
                Optional.of(VerifyAnswer.AnswerError.of(refusal)),
                List.of(),
                trace,
                request.at(),
                Optional.empty(),
                Optional.empty());
    }

    /** The steps that need no registry have passed. */
    OfflineVerifier.SignatureAnswer signature(boolean checked) {
        return new OfflineVerifier.SignatureAnswer(checked, Optional.empty(), trace, request.at());
    }

    /** The current step refuses, and it is one that needs no registry. */
    OfflineVerifier.SignatureAnswer signatureRefused(OssRefusal refusal) {
        trace.add(new TraceStep(step, TraceStep.Outcome.DENY, refusal.text()));
        observer.refused(refusal);
        return new OfflineVerifier.SignatureAnswer(
                true, Optional.of(VerifyAnswer.AnswerError.of(refusal)), trace, request.at());
    }

    /** Writes the sentences that the trace holds of steps which passed. */
    static final class TraceText {
        private TraceText() {}

        static Supplier<String> operation(ParsedRequest request) {
            return () -> request.operation()
                    .map(operation -> "The request is well formed; it is a " + operation.apiName() + ".")
                    .orElse("The request is well formed.");
        }

        static Supplier<String> date(Credentials credentials) {
            return () -> switch (credentials) {
                case Credentials.None none -> "The request is not signed, so it has no date to check.";
                case Credentials.Signed signed -> "The " + signed.kind() + " is of this time.";
            };
        }

        static Supplier<String> scope(CredentialScope scope) {
            return () -> "The credential is for " + scope.region() + "/" + scope.product() + ".";
        }

        /** Keeps no secret, because the answer may live longer than the request. */
        static Supplier<String> requester(IdentityStep.Requester requester) {
            return switch (requester) {
                case IdentityStep.Requester.Anyone anyone ->
                    () -> "The request presents no access key: it is anonymous.";
                case IdentityStep.Requester.Holder holder -> owner(holder.credentials(), holder.principal());
            };
        }

        private static Supplier<String> owner(Credentials.Signed signed, Principal principal) {
            return () ->
                    "The access key " + signed.accessKeyId() + " belongs to " + principal.arn() + " and may be used.";
        }

        static Supplier<String> signature(IdentityStep.Requester requester) {
            return switch (requester) {
                case IdentityStep.Requester.Anyone anyone -> () -> "There is no signature to check.";
                case IdentityStep.Requester.Holder holder -> matching(holder.credentials());
            };
        }

        private static Supplier<String> matching(Credentials.Signed signed) {
            return () -> "The " + signed.kind() + " matches.";
        }

        static Supplier<String> buckets(Set<String> buckets) {
            return () -> buckets.isEmpty()
                    ? "The request is for the service itself."
                    : "The buckets exist: " + String.join(", ", buckets) + ".";
        }
    }

    /** Writes the ARN of the resource that a right is required on: {@code acs:oss:*:owner:bucket/key} (docs/protocol.md 9), {@code *} for an unknown owner. */
    static final class ResourceArn {
        private ResourceArn() {}

        static String of(Scope scope, Facts facts) {
            Optional<Bucket> bucket = scope.bucketName().flatMap(facts::bucket);
            String owner = bucket.isPresent() ? bucket.get().accountId() : "*";
            return "acs:oss:*:" + owner + ":" + scope.path();
        }
    }
}
