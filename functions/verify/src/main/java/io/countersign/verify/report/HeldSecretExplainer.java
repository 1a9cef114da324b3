package io.countersign.verify.report;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.signing.Secret;
import io.countersign.verify.SignatureAnswer;
import io.countersign.verify.SignatureJudge;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.transcript.Exchange;
import java.time.Instant;
import java.util.Optional;

/** Explains failing requests to whoever holds the secret that they were signed with; no registry is at hand, so what policies say is not judged. */
public final class HeldSecretExplainer {
    private final SignatureJudge judge;
    private final Secret secret;

    /** @param domains which bucket a custom domain is bound to */
    public HeldSecretExplainer(BaseDomains bases, DomainBinding domains, Secret secret) {
        this.judge = new SignatureJudge(bases, domains);
        this.secret = secret;
    }

    /**
     * @param client what the client says it signed
     * @param at the moment to judge at; absent: when the server answered, by its own clock, or now
     */
    public Report explain(Exchange exchange, ClientForm client, Optional<Instant> at, Instant now) {
        Optional<StsCall> call = StsCall.of(exchange);
        if (call.isPresent()) {
            return StsReports.of(call.get(), Optional.of(secret), client);
        }
        Optional<TokenAnswer> token = TokenAnswer.of(exchange);
        if (token.isPresent()) {
            return token.get().report();
        }
        Optional<Instant> moment = at.or(() -> StorageReports.answeredAt(exchange));
        SignatureAnswer answer = judge.judge(StorageReports.request(exchange, client, moment), secret, now);
        return StorageReports.of(exchange, answer);
    }
}
