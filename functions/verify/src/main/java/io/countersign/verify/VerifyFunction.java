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
import java.time.Instant;

/**
 * {@code POST /verify}, for trusted programs: a request in, the decision on it out. Every request that can be judged is answered with 200, allowed or not; a call that is not one strict JSON request is
 * refused with a problem, and a store that does not answer is 503: whoever asks then lets nothing pass.
 */
public final class VerifyFunction {
    private final Verifier verifier;
    private final VerifySettings settings;

    /** @param signingKeys shared with whoever else signs or verifies with the registry's keys */
    public VerifyFunction(
            KeyRegistry registry, SessionOpener sessions, SigningKeys signingKeys, VerifySettings settings) {
        this.verifier = new Verifier(registry, sessions, signingKeys, settings);
        this.settings = settings;
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            return decide(JsonBody.read(call, RequestLimits.BODY, VerifyRequestReader::read), now);
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

    private Reply decide(VerifyRequest request, Instant now) throws ProblemException {
        try {
            if (request.at().isPresent() && !settings.allowAt()) {
                throw new ProblemException(new ProblemException.Problem(
                        400,
                        "AtNotAllowed",
                        "Requests are judged at the present moment",
                        "Leave out at, or have the operator turn verify.allow-at on."));
            }
            return reply(verifier.verify(request, now));
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private static Reply reply(VerifyAnswer answer) {
        Reply reply = Reply.json(200, AnswerWriter.json(answer));
        return answer.error().map(error -> reply.refusing(error.code())).orElse(reply);
    }
}
