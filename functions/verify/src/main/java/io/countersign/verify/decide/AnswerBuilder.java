package io.countersign.verify.decide;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.policy.TraceStep;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.signing.CredentialScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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

    /** @param detail appends the sentence when it is read, which most callers never do */
    void pass(Consumer<StringBuilder> detail) {
        trace.add(new TraceStep(step, TraceStep.Outcome.PASS, detail));
    }

    void add(List<TraceStep> steps) {
        steps.forEach(trace::add);
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
        Optional<Bucket> bucket = right.scope().bucketName().flatMap(facts::bucket);
        resource =
                Optional.of(right.scope().arn(bucket.isPresent() ? bucket.get().accountId() : "*"));
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

        static Consumer<StringBuilder> operation(ParsedRequest request) {
            return text -> {
                text.append("The request is well formed");
                request.operation()
                        .ifPresent(operation -> text.append("; it is a ").append(operation.apiName()));
                text.append('.');
            };
        }

        static Consumer<StringBuilder> date(Credentials credentials) {
            return text -> {
                switch (credentials) {
                    case Credentials.None none -> text.append("The request is not signed, so it has no date to check.");
                    case Credentials.Signed signed ->
                        text.append("The ").append(signed.kind()).append(" is of this time.");
                }
            };
        }

        static Consumer<StringBuilder> scope(CredentialScope scope) {
            return text -> text.append("The credential is for ")
                    .append(scope.region())
                    .append('/')
                    .append(scope.product())
                    .append('.');
        }

        static Consumer<StringBuilder> principal(VerifyAnswer.VerifiedPrincipal principal) {
            return text -> {
                if (principal.accessKeyId().isEmpty()) {
                    text.append("The request presents no access key: it is anonymous.");
                } else {
                    text.append("The access key ")
                            .append(principal.accessKeyId().get());
                    principal.arn().ifPresent(arn -> text.append(" belongs to ").append(arn));
                    text.append(" and may be used.");
                }
            };
        }

        static Consumer<StringBuilder> signature(Credentials credentials) {
            return text -> {
                switch (credentials) {
                    case Credentials.None none -> text.append("There is no signature to check.");
                    case Credentials.Signed signed ->
                        text.append("The ").append(signed.kind()).append(" matches.");
                }
            };
        }

        static Consumer<StringBuilder> buckets(Set<String> buckets) {
            return text -> {
                if (buckets.isEmpty()) {
                    text.append("The request is for the service itself.");
                } else {
                    text.append("The buckets exist: ");
                    String separator = "";
                    for (String bucket : buckets) {
                        text.append(separator).append(bucket);
                        separator = ", ";
                    }
                    text.append('.');
                }
            };
        }
    }
}
