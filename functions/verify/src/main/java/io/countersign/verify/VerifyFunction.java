package io.countersign.verify;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.json.Value;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.Explanation;
import io.countersign.verify.facts.AnswerFacts;
import java.time.Instant;

/**
 * {@code POST /verify}, for trusted programs: the call is a request to storage, the answer is the decision on it. A request that can be judged is answered with 200, allowed or not. A call that is
 * not one strict JSON request is refused with a problem. A store that does not answer is 503: the caller must then let nothing pass.
 */
public final class VerifyFunction {
    private final Verifier verifier;
    private final UrlUses uses;
    private final VerifySettings settings;

    /**
     * @param uses over the store of the registry
     * @param signingKeys shared with everything else that signs or verifies with the registry's keys
     */
    public VerifyFunction(
            KeyRegistry registry,
            UrlUses uses,
            SessionOpener sessions,
            SigningKeys signingKeys,
            VerifySettings settings) {
        this.uses = uses;
        this.verifier = new Verifier(registry, sessions, signingKeys, settings.bases());
        this.settings = settings;
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            return decide(JsonBody.read(call, VerifyRequestReader::read), now);
        } catch (ProblemException refused) {
            return refused.problem().reply();
        }
    }

    /**
     * Answers a body that was parsed already, as {@link #handle(Call, Instant)} answers its text. The caller bounds the size of the text.
     *
     * @param now the present
     */
    public Reply handle(Value body, Instant now) {
        try {
            return decide(JsonBody.read(body, VerifyRequestReader::read), now);
        } catch (ProblemException refused) {
            return refused.problem().reply();
        }
    }

    private Reply decide(VerifyRequestReader.VerifyCall call, Instant now) throws ProblemException {
        try {
            if (call.request().at().isPresent() && !settings.allowAt()) {
                throw new ProblemException(new ProblemException.Problem(
                        400,
                        "AtNotAllowed",
                        "Requests are judged at the present moment",
                        "Leave out at, or have the operator turn verify.allow-at on."));
            }
            return call.explain().isPresent()
                    ? explained(call.request(), call.explain().get(), now)
                    : reply(call.request(), judged(call.request(), now), Explained.NOTHING);
        } catch (StoreUnavailable.ReadOnlyRegistry e) {
            return ProblemException.Problem.readOnly().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private VerifyAnswer judged(VerifyRequest request, Instant now) throws StoreUnavailable {
        VerifyAnswer answer = verifier.verify(request, now);
        return request.at().isPresent() ? uses.check(answer, now) : uses.spend(answer, now);
    }

    private Reply explained(VerifyRequest request, Explained.ClientForm client, Instant now) throws StoreUnavailable {
        Explanation explanation = new Explanation(request, client);
        VerifyAnswer answer = uses.check(verifier.verify(request, explanation, now), explanation, now);
        return reply(request, answer, explanation.explained());
    }

    private static Reply reply(VerifyRequest request, VerifyAnswer answer, Explained explained) {
        Reply reply =
                Reply.json(200, AnswerFacts.of(request, answer), json -> AnswerWriter.write(json, answer, explained));
        return answer.error()
                .map(error -> reply.refusing(error.status(), error.code()))
                .orElse(reply);
    }
}
