package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.Explanation;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Explains failing requests with a registry: its keys stay inside the process, and the result is a report without secrets. */
public final class Explainer {
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private final Verifier verifier;
    private final KeyRegistry registry;
    private final boolean allowAt;

    /** @param allowAt whether a request may be judged at another moment than the present: when its server answered, or when the user says */
    public Explainer(Verifier verifier, KeyRegistry registry, boolean allowAt) {
        this.verifier = verifier;
        this.registry = registry;
        this.allowAt = allowAt;
    }

    /**
     * @param client the text that the client says it signed
     * @param at the moment to judge at; absent: when the server answered, by its own clock, or the present
     */
    public Report explain(Transcript.Pasted pasted, Explained.ClientForm client, Optional<Instant> at, Instant now)
            throws StoreUnavailable {
        return switch (pasted) {
            case Exchange.Answer answer -> AnswerReports.of(answer, client);
            case Exchange exchange -> explain(exchange, client, at, now);
        };
    }

    private Report explain(Exchange exchange, Explained.ClientForm client, Optional<Instant> at, Instant now)
            throws StoreUnavailable {
        Optional<StsReports.StsCall> call = StsReports.StsCall.of(exchange);
        if (call.isPresent()) {
            return StsReports.of(call.get(), secret(call.get().accessKeyId(), now), client);
        }
        Optional<TokenAnswer> token = TokenAnswer.of(exchange);
        if (token.isPresent()) {
            return token.get().report();
        }
        Optional<Instant> moment = allowAt ? at.or(() -> StorageReports.answeredAt(exchange)) : Optional.empty();
        VerifyRequest request = StorageReports.request(exchange, moment);
        Explanation explanation = new Explanation(request, client);
        VerifyAnswer answer = verifier.verify(request, explanation, now);
        return StorageReports.of(exchange, client, answer, explanation.explained());
    }

    /** Whether requests can be judged at the moment: from 1970 to 9999. */
    public static boolean isPossible(Instant at) {
        return !at.isBefore(Instant.EPOCH) && at.isBefore(END);
    }

    private Optional<Secret> secret(String accessKeyId, Instant now) throws StoreUnavailable {
        if (accessKeyId.isEmpty() || accessKeyId.length() > AccessKey.MAX_ID_LENGTH) {
            return Optional.empty();
        }
        return registry.load(new Facts.Query(Optional.of(accessKeyId), Set.of(), Optional.empty()), now)
                .identity()
                .map(identity -> identity.key().secret());
    }
}
