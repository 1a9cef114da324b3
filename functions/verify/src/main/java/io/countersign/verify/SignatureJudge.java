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

/** The verifier's steps that need no registry: form, date and signature, for the holder of the secret. Keys, regions, sessions and policies are not judged, so nothing is ever allowed here. */
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
     * @param secret that the request should have been signed with; without one form and date are judged alone
     * @param now the present; {@link VerifyRequest#at()} stands in for it
     */
    public SignatureAnswer judge(VerifyRequest request, Optional<Secret> secret, Instant now) {
        AnswerBuilder answer = new AnswerBuilder(request);
        try {
            OssRequest oss = format.address(request, domains);
            ClientForm client = request.explain().orElse(ClientForm.UNKNOWN);
            Explanation.of(request, oss, client, answer);
            ParsedRequest parsed = format.parse(request, oss);
            answer.pass(Described.operation(parsed));
            answer.enter("date");
            DateStep.check(parsed.credentials(), parsed.oss(), request.at().orElse(now));
            answer.pass(Described.date(parsed.credentials()));
            if (secret.isEmpty()) {
                return answer.signature(false);
            }
            check(parsed, answer, secret.get(), client);
            return answer.signature(parsed.credentials() instanceof Credentials.Signed);
        } catch (OssRefusal refusal) {
            return answer.signatureRefused(refusal);
        }
    }

    private static void check(ParsedRequest parsed, AnswerBuilder answer, Secret secret, ClientForm client)
            throws OssRefusal {
        answer.enter("signature");
        Claimant claimant =
                switch (parsed.credentials()) {
                    case Credentials.None none -> new Claimant.Anyone();
                    case Credentials.Signed signed ->
                        new Claimant.Holder(signed, secret, new Principal.Anonymous(), Optional.empty());
                };
        SigningKeys keys = new SigningKeys(KEYS);
        SignatureStep step = new SignatureStep(new SignatureVerifier(keys), keys);
        Explanation.checked(step, parsed.oss(), claimant, Optional.of(client), answer);
        answer.pass(Described.signature(claimant));
    }
}
