package io.countersign.verify;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.policy.Principal;
import io.countersign.policy.TraceStep;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The verifier's steps that need no registry: form, date and signature, for the holder of the secret. Keys, regions, sessions and policies are not judged, so nothing is ever allowed here. */
public final class OfflineVerifier {
    private static final int KEYS = 4;

    private final FormatStep format;
    private final DomainBinding domains;

    /** @param domains which bucket a custom domain is bound to */
    public OfflineVerifier(BaseDomains bases, DomainBinding domains) {
        this.format = new FormatStep(bases);
        this.domains = domains;
    }

    /**
     * @param secret that the request should have been signed with; without one form and date are judged alone
     * @param now the present; {@link VerifyRequest#at()} stands in for it
     */
    public SignatureAnswer judge(VerifyRequest request, Optional<Secret> secret, Instant now) {
        AnswerBuilder answer = new AnswerBuilder(request);
        try {
            OssRequest oss = format.address(request, domains);
            Explained.ClientForm client = request.explain().orElse(Explained.ClientForm.UNKNOWN);
            Explanation.of(request, oss, client, answer);
            ParsedRequest parsed = format.parse(request, oss);
            answer.pass(AnswerBuilder.TraceText.operation(parsed));
            answer.enter("date");
            DateStep.check(parsed.credentials(), parsed.oss(), request.at().orElse(now));
            answer.pass(AnswerBuilder.TraceText.date(parsed.credentials()));
            if (secret.isEmpty()) {
                return answer.signature(false);
            }
            check(parsed, answer, secret.get(), client);
            return answer.signature(parsed.credentials() instanceof Credentials.Signed);
        } catch (OssRefusal refusal) {
            return answer.signatureRefused(refusal);
        }
    }

    private static void check(ParsedRequest parsed, AnswerBuilder answer, Secret secret, Explained.ClientForm client)
            throws OssRefusal {
        answer.enter("signature");
        IdentityStep.Requester claimant =
                switch (parsed.credentials()) {
                    case Credentials.None none -> new IdentityStep.Requester.Anyone();
                    case Credentials.Signed signed ->
                        new IdentityStep.Requester.Holder(signed, secret, new Principal.Anonymous(), Optional.empty());
                };
        SigningKeys keys = new SigningKeys(KEYS);
        SignatureStep step = new SignatureStep(new SignatureVerifier(keys), keys);
        Explanation.checked(step, parsed.oss(), claimant, Optional.of(client), answer);
        answer.pass(AnswerBuilder.TraceText.signature(claimant));
    }

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
            Optional<VerifyAnswer.AnswerError> error,
            List<TraceStep> trace,
            Explained explained,
            Optional<Instant> at) {
        public SignatureAnswer {
            trace = List.copyOf(trace);
        }
    }
}
