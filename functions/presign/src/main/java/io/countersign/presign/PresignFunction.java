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
 * {@code POST /presign}: authenticates the caller by a bearer JWT and returns presigned URLs. The body is one request, or an array {@code requests} of up to 1,000.
 * The caller's default role must allow what a URL does. The bucket must belong to the role's account; its signer signs the URL.
 *
 * <p>A single request that fails is answered with a problem. In a batch, a request that fails has an {@code error} in its place and does not affect the others.
 */
public final class PresignFunction {
    private static final String BATCH = "requests";

    private final BearerAuthenticator authenticator;
    private final BatchReader reader;
    private final BatchPresigner batchPresigner;

    /** @param signingKeys a cache that all signers and verifiers of the registry's keys share */
    public PresignFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SigningKeys signingKeys,
            PresignSettings settings) {
        this.authenticator = authenticator;
        this.reader = new BatchReader(new PresignRequestReader(settings));
        this.batchPresigner = new BatchPresigner(registry, signingKeys, settings);
    }

    /**
     * Answers a call with URLs, or with a problem that says what to change.
     *
     * @param now the present, at which tokens and policies are evaluated and from which the URLs' expiry counts
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
     * Returns why the server must not read more than {@link RequestLimits#BODY} bytes of a call's body: the token is checked before a large body is read.
     *
     * @param head the call without its body
     * @return empty when the caller may send a large body
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

    /** Returns the names that the call reads from the registry after authentication; a large batch is read only then. */
    private List<ReadAhead.Hint> names(Call call) {
        try {
            Members members = JsonBody.members(call, RequestLimits.BODY);
            return batchPresigner.names(
                    members.has(BATCH) ? reader.batch(members, BATCH) : List.of(reader.single(members)));
        } catch (ProblemException refused) {
            // The call is refused after authentication.
            return List.of();
        }
    }

    private Reply single(Call call, Members members, Caller caller, Instant now)
            throws ProblemException, StoreUnavailable {
        if (call.body().length() > RequestLimits.BODY) {
            throw new ProblemException(ProblemException.Problem.bodyTooLarge(RequestLimits.BODY));
        }
        BatchReader.Entry entry = reader.single(members);
        return switch (batchPresigner
                .serve(List.of(entry), caller, ClientContext.of(call), now)
                .getFirst()) {
            case BatchReader.Outcome.Made made -> Reply.json(200, JsonText.object(made.url()::write));
            case BatchReader.Outcome.Refusal refusal -> refusal.problem().reply();
        };
    }

    private Reply batch(Call call, Members members, Caller caller, Instant now)
            throws ProblemException, StoreUnavailable {
        List<BatchReader.Entry> entries = reader.batch(members, BATCH);
        List<BatchReader.Outcome> outcomes = batchPresigner.serve(entries, caller, ClientContext.of(call), now);
        return Reply.json(
                200,
                JsonText.object(json ->
                        json.array("results", results -> outcomes.forEach(outcome -> results.object(outcome::write)))));
    }
}
