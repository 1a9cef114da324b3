package io.countersign.verify.facts;

import io.countersign.http.DecisionFacts;
import io.countersign.identity.ShownKeyId;
import io.countersign.oss.OssError;
import io.countersign.policy.TraceStep;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.util.Optional;

/**
 * The facts of a decision on a request to storage.
 *
 * @param request empty when the call names no request that can be read
 * @param answer empty when the request was refused before it was judged
 * @param ec the EC of the refusal
 * @param requestId the request id that the reply shows, if it differs from the server's
 */
public record AnswerFacts(
        Optional<VerifyRequest> request, Optional<VerifyAnswer> answer, Optional<String> ec, Optional<String> requestId)
        implements DecisionFacts {
    /** In browsers the SDK cannot set User-Agent, and sends its own here. */
    private static final String OSS_USER_AGENT = "x-oss-user-agent";

    public static AnswerFacts of(VerifyRequest request, VerifyAnswer answer) {
        return new AnswerFacts(
                Optional.of(request),
                Optional.of(answer),
                answer.error().flatMap(VerifyAnswer.AnswerError::ec),
                Optional.empty());
    }

    /** The facts of a refusal before the request was judged. */
    public static AnswerFacts refused(Optional<VerifyRequest> request, VerifyAnswer.AnswerError error) {
        return new AnswerFacts(request, Optional.empty(), error.ec(), Optional.empty());
    }

    /** The facts where there is no decision. */
    public static AnswerFacts undecided() {
        return new AnswerFacts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A copy for a reply that shows a request id of its own. */
    public AnswerFacts shown(String id) {
        return new AnswerFacts(request, answer, ec, Optional.of(id));
    }

    @Override
    public boolean judged() {
        return request.isPresent();
    }

    @Override
    public Optional<String> principal() {
        return known().map(principal -> principal.arn().orElse(principal.type()));
    }

    @Override
    public Optional<String> subject() {
        return known().flatMap(VerifyAnswer.VerifiedPrincipal::subject);
    }

    @Override
    public Optional<String> sessionId() {
        return known().flatMap(VerifyAnswer.VerifiedPrincipal::sessionId);
    }

    @Override
    public Optional<String> accessKeyId() {
        return presented()
                .map(VerifyAnswer.PresentedSignature::accessKeyId)
                .flatMap(id -> ShownKeyId.of(id, isOfAKey()));
    }

    /** Whether the registry has the access key: its signature matches, or was compared. */
    private boolean isOfAKey() {
        return known().isPresent()
                || answer.flatMap(VerifyAnswer::error)
                        .filter(error -> error.code().equals(OssError.SIGNATURE_DOES_NOT_MATCH.code()))
                        .isPresent();
    }

    @Override
    public Optional<String> signatureVersion() {
        return presented().map(signature -> signature.version().name());
    }

    @Override
    public Optional<String> userAgent() {
        return request.map(VerifyRequest::headers)
                .flatMap(headers -> headers.first(OSS_USER_AGENT).or(() -> headers.first("user-agent")));
    }

    @Override
    public Optional<String> action() {
        return answer.flatMap(VerifyAnswer::action);
    }

    @Override
    public Optional<String> resource() {
        return answer.flatMap(VerifyAnswer::resource);
    }

    @Override
    public Optional<String> sourceIp() {
        return request.flatMap(VerifyRequest::sourceIp);
    }

    @Override
    public boolean hypothetical() {
        return answer.flatMap(VerifyAnswer::at).isPresent();
    }

    @Override
    public Optional<String> decidedBy() {
        return answer.map(VerifyAnswer::trace).flatMap(TraceStep::decidingRule);
    }

    private Optional<VerifyAnswer.VerifiedPrincipal> known() {
        return answer.flatMap(VerifyAnswer::principal);
    }

    private Optional<VerifyAnswer.PresentedSignature> presented() {
        return answer.flatMap(VerifyAnswer::presented);
    }
}
