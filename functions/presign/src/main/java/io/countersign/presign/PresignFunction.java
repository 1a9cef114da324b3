package io.countersign.presign;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /presign}: a bearer JWT and what is wanted in, presigned URLs out. One request is the body itself; up to 1,000 are the array {@code requests}.
 * Whoever the caller is in its default role may have signed what that role may do, in buckets of the role's account, with the bucket's signer.
 *
 * <p>A request that fails alone is a problem; in a batch it is an {@code error} in its place, and the others are not touched.
 */
public final class PresignFunction {
    private static final String BATCH = "requests";

    private final BearerAuthenticator authenticator;
    private final BatchReader reader;
    private final BatchPresigner desk;

    /** @param signingKeys shared with whoever else signs or verifies with the registry's keys */
    public PresignFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SigningKeys signingKeys,
            PresignSettings settings) {
        this.authenticator = authenticator;
        this.reader = new BatchReader(new PresignRequestReader(settings));
        this.desk = new BatchPresigner(registry, signingKeys, settings);
    }

    /**
     * Answers one call, whatever it is: with URLs, or with the problem that says what to change.
     *
     * @param now the present: tokens, policies and the URLs' expiry are judged by it
     */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.PRESIGN_BODY, "POST");
            Caller caller = authenticator.caller(call, () -> names(call), now);
            Members members = JsonBody.members(call, RequestLimits.PRESIGN_BODY);
            return members.has(BATCH) ? batch(call, members, caller, now) : single(call, members, caller, now);
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    /**
     * Why a call has no more than {@link RequestLimits#BODY} bytes of its body read: whether its token holds is known before.
     *
     * @param head the call without its body
     */
    public Optional<ProblemException.Problem> refusal(Call head, Instant now) {
        try {
            authenticator.caller(head, ReadAhead.NOTHING, now);
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.problem());
        } catch (StoreUnavailable e) {
            return Optional.of(ProblemException.Problem.unavailable(e));
        }
    }

    /** What the call asks the registry for once its caller is known; of a large batch only then. */
    private List<ReadAhead.Hint> names(Call call) {
        try {
            Members members = JsonBody.members(call, RequestLimits.BODY);
            return desk.names(members.has(BATCH) ? reader.batch(members, BATCH) : List.of(reader.single(members)));
        } catch (ProblemException refused) {
            // Refused for good once the caller is known.
            return List.of();
        }
    }

    private Reply single(Call call, Members members, Caller caller, Instant now)
            throws ProblemException, StoreUnavailable {
        if (call.body().length() > RequestLimits.BODY) {
            throw new ProblemException(ProblemException.Problem.bodyTooLarge(RequestLimits.BODY));
        }
        BatchReader.Wanted wanted = reader.single(members);
        return switch (desk.serve(List.of(wanted), caller, ClientContext.of(call), now)
                .getFirst()) {
            case BatchReader.Outcome.Made made -> Reply.json(200, JsonText.object(made.url()::write));
            case BatchReader.Outcome.Refusal refusal -> refusal.problem().reply();
        };
    }

    private Reply batch(Call call, Members members, Caller caller, Instant now)
            throws ProblemException, StoreUnavailable {
        List<BatchReader.Wanted> wanted = reader.batch(members, BATCH);
        List<BatchReader.Outcome> outcomes = desk.serve(wanted, caller, ClientContext.of(call), now);
        return Reply.json(
                200,
                JsonText.object(json ->
                        json.array("results", results -> outcomes.forEach(outcome -> results.object(outcome::write)))));
    }
}
