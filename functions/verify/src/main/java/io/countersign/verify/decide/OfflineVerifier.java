package io.countersign.verify.decide;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.policy.Principal;
import io.countersign.policy.TraceStep;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SignatureVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs the steps of the verifier that need no registry: format, date and, for the holder of the secret, signature. It does not judge keys, regions, sessions and policies, so it allows nothing. */
public final class OfflineVerifier {
    private static final int KEYS = 4;

    private final FormatStep format;
    private final DomainBinding domains;

    /** @param domains the buckets that custom domains are bound to */
    public OfflineVerifier(BaseDomains bases, DomainBinding domains) {
        this.format = new FormatStep(bases);
        this.domains = domains;
    }

    /**
     * Checks format, date and signature.
     *
     * @param secret the secret that the request should have been signed with; without one the signature is not checked
     * @param now the present; {@link VerifyRequest#at()} replaces it
     */
    public SignatureAnswer judge(
            VerifyRequest request, Optional<Secret> secret, DecisionObserver observer, Instant now) {
        AnswerBuilder answer = new AnswerBuilder(request, observer);
        try {
            OssRequest oss = format.address(request, domains);
            observer.read(request, oss);
            ParsedRequest parsed = format.parse(request, oss);
            OneUse.of(oss, parsed.credentials());
            answer.pass(AnswerBuilder.TraceText.operation(parsed));
            answer.enter("date");
            DateStep.check(parsed.credentials(), parsed.oss(), request.at().orElse(now));
            answer.pass(AnswerBuilder.TraceText.date(parsed.credentials()));
            if (secret.isEmpty()) {
                return answer.signature(false);
            }
            answer.enter("signature");
            IdentityStep.Requester requester = requester(parsed.credentials(), secret.get());
            SigningKeys keys = new SigningKeys(KEYS);
            new SignatureStep(new SignatureVerifier(keys), keys).check(parsed.oss(), requester, observer);
            answer.pass(AnswerBuilder.TraceText.signature(parsed.credentials()));
            return answer.signature(parsed.credentials() instanceof Credentials.Signed);
        } catch (OssRefusal refusal) {
            return answer.signatureRefused(refusal);
        }
    }

    private static IdentityStep.Requester requester(Credentials credentials, Secret secret) {
        return switch (credentials) {
            case Credentials.None none -> new IdentityStep.Requester.Anyone();
            case Credentials.Signed signed ->
                new IdentityStep.Requester.Holder(
                        signed,
                        secret,
                        new Principal.Anonymous(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        };
    }

    /**
     * The result of checking a signature without a registry. It never says that a request may pass.
     *
     * @param checked whether the request has a signature and the secret to check it was given
     * @param error the refusal of the request's format, date or signature; empty when these are sound
     * @param trace the steps in their order
     * @param at the moment that the request asked to be judged at
     */
    public record SignatureAnswer(
            boolean checked, Optional<VerifyAnswer.AnswerError> error, List<TraceStep> trace, Optional<Instant> at) {
        public SignatureAnswer {
            trace = List.copyOf(trace);
        }
    }
}
