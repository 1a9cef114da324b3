package io.countersign.gateway.decisions;

import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.DecisionFacts;
import io.countersign.http.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts decisions into the log: of the endpoints that decide, those of the level. Each part of a batch is a decision of its own. A judgement of another moment than the present is none.
 *
 * @param log takes each decision
 * @param usage counts the allowed requests that the level does not log
 */
public record LoggingSink(DecisionLogSettings.Level level, Consumer<LoggedDecision> log, UsageCounts usage)
        implements DecisionSink {
    private static final Set<String> FACES = Set.of(
            "/verify",
            "/auth",
            "/presign",
            "/post-policy",
            "/uploads",
            "/sign-content",
            "/token",
            "/",
            "/callbacks/oss",
            DecisionRecord.STORE_FACE);

    @Override
    public void tell(DecisionRecord decision) {
        DecisionFacts facts = decision.facts();
        if (!FACES.contains(decision.face()) || facts.hypothetical()) {
            return;
        }
        if (decision.outcome() == Outcome.ALLOWED && !level.logs(true)) {
            usage.count(facts, UserAgentFamily.of(decision.userAgent()), decision.at());
        }
        if (facts.parts().isEmpty()) {
            // A preflight of a browser is answered by the port, which knows no facts.
            boolean decided = decision.outcome() != Outcome.ALLOWED || facts != DecisionFacts.NONE;
            if (decided && level.logs(decision.outcome() == Outcome.ALLOWED)) {
                log.accept(entry(decision, decision.outcome(), decision.code(), facts));
            }
            return;
        }
        for (DecisionFacts.Part part : facts.parts()) {
            Outcome outcome = part.code().isEmpty() ? Outcome.ALLOWED : Outcome.REFUSED;
            if (level.logs(outcome == Outcome.ALLOWED)) {
                log.accept(entry(decision, outcome, part.code(), part.facts()));
            }
        }
    }

    private static LoggedDecision entry(
            DecisionRecord decision, Outcome outcome, Optional<String> code, DecisionFacts facts) {
        return new LoggedDecision(
                decision.at(),
                decision.requestId(),
                decision.face(),
                outcome.text(),
                facts.principal(),
                facts.subject(),
                facts.sessionId(),
                facts.accessKeyId(),
                facts.signatureVersion(),
                UserAgentFamily.of(decision.userAgent()),
                facts.action(),
                facts.resource(),
                decision.sourceIp(),
                code,
                facts.ec(),
                facts.decidedBy(),
                decision.micros());
    }
}
