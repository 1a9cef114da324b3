package io.countersign.verify.report;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.signing.Secret;
import io.countersign.verify.SignatureAnswer;
import io.countersign.verify.SignatureJudge;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.transcript.Answer;
import io.countersign.verify.transcript.Exchange;
import io.countersign.verify.transcript.Pasted;
import java.time.Instant;
import java.util.Optional;

/** Explains failing requests without a registry: what policies say is not judged, and signatures only for the holder of the secret. Without a secret the server's answer, the dates and the form are what there is to go by. */
public final class OfflineExplainer {
    private final BaseDomains bases;
    private final DomainBinding domains;
    private final Optional<Secret> secret;

    /**
     * @param domains which bucket a custom domain is bound to; where it knows none, what the answer says of that counts
     * @param secret that the requests should have been signed with
     */
    public OfflineExplainer(BaseDomains bases, DomainBinding domains, Optional<Secret> secret) {
        this.bases = bases;
        this.domains = domains;
        this.secret = secret;
    }

    /**
     * @param client what the client says it signed
     * @param at the moment to judge at; absent: when the server answered, by its own clock, or now
     */
    public Report explain(Pasted pasted, ClientForm client, Optional<Instant> at, Instant now) {
        return switch (pasted) {
            case Answer alone -> AnswerReports.of(alone, client);
            case Exchange exchange -> explain(exchange, client, at, now);
        };
    }

    private Report explain(Exchange exchange, ClientForm client, Optional<Instant> at, Instant now) {
        Optional<StsCall> call = StsCall.of(exchange);
        if (call.isPresent()) {
            return StsReports.of(call.get(), secret, client);
        }
        Optional<TokenAnswer> token = TokenAnswer.of(exchange);
        if (token.isPresent()) {
            return token.get().report();
        }
        Optional<Instant> moment = at.or(() -> StorageReports.answeredAt(exchange));
        SignatureJudge judge =
                new SignatureJudge(bases, host -> domains.bucketOf(host).or(() -> AnsweredBucket.of(exchange, host)));
        SignatureAnswer answer = judge.judge(StorageReports.request(exchange, client, moment), secret, now);
        return StorageReports.of(exchange, client, answer);
    }
}
