package io.countersign.verify;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.policy.Principal;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVerifier;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.explain.ClientForm;
import java.time.Instant;
import java.util.Optional;

/** The verifier's steps that need no registry: form, date and signature, for whoever holds the secret. Keys, regions, sessions and policies are not judged, so nothing is ever allowed here. */
public final class SignatureJudge {
    private static final int KEYS = 4;

    private final FormatStep format;
    private final DomainBinding domains;

    /** @param domains which bucket a custom domain is bound to */
    public SignatureJudge(BaseDomains bases, DomainBinding domains) {
        this.format = new FormatStep(bases);
        this.domains = domains;
    }

    /**
     * @param secret that the request should have been signed with
     * @param now the present; {@link VerifyRequest#at()} stands in for it
     */
    public SignatureAnswer judge(VerifyRequest request, Secret secret, Instant now) {
        AnswerBuilder answer = new AnswerBuilder(request);
        try {
            OssRequest oss = format.address(request, domains);
            ClientForm client = request.explain().orElse(ClientForm.UNKNOWN);
            Explanation.of(request, oss, client, answer);
            Credentials credentials = steps(
                    format.parse(request, oss), answer, secret, request.at().orElse(now), client);
            return answer.signature(credentials instanceof Credentials.Signed);
        } catch (OssRefusal refusal) {
            return answer.signatureRefused(refusal);
        }
    }

    private static Credentials steps(
            ParsedRequest parsed, AnswerBuilder answer, Secret secret, Instant moment, ClientForm client)
            throws OssRefusal {
        answer.pass(Described.operation(parsed));
        answer.enter("date");
        DateStep.check(parsed.credentials(), parsed.oss(), moment);
        answer.pass(Described.date(parsed.credentials()));
        answer.enter("signature");
        Claimant claimant =
                switch (parsed.credentials()) {
                    case Credentials.None none -> new Claimant.Anyone();
                    case Credentials.Signed signed -> new Claimant.Holder(signed, secret, new Principal.Anonymous());
                };
        SigningKeys keys = new SigningKeys(KEYS);
        SignatureStep step = new SignatureStep(new SignatureVerifier(keys), keys);
        Explanation.checked(step, parsed.oss(), claimant, Optional.of(client), answer);
        answer.pass(Described.signature(claimant));
        return parsed.credentials();
    }
}
