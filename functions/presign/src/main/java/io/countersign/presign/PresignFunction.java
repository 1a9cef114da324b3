package io.countersign.presign;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.LazyBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.Members;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code POST /presign}: authenticates the caller by a bearer JWT and returns presigned URLs. The body is one request, or an array {@code requests} of up to 1,000.
 * The caller's default role must allow what a URL does. The bucket must belong to the role's account; its signer signs the URL.
 *
 * <p>A single request that fails is answered with a problem. In a batch, a request that fails has an {@code error} in its place and does not affect the others.
 * A batch whose permitted requests do not all fit into the limit of the caller's role is refused as a whole.
 */
public final class PresignFunction {
    private static final String BATCH = "requests";

    private final BearerAuthenticator authenticator;
    private final BatchReader reader;
    private final BatchPresigner batchPresigner;

    /**
     * @param limits of this process, which everything that signs for callers shares
     * @param signingKeys a cache that all signers and verifiers of the registry's keys share
     * @param random for the values of URLs that are good once; two equal values of one key would be good once together
     */
    public PresignFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SubjectLimits limits,
            SigningKeys signingKeys,
            PresignSettings settings,
            RandomGenerator random) {
        this.authenticator = authenticator;
        this.reader = new BatchReader(new PresignRequestReader(settings));
        this.batchPresigner = new BatchPresigner(registry, limits, signingKeys, settings, random);
    }

    /**
     * Answers a call with URLs, or with a problem that says what to change.
     *
     * @param now the present, at which tokens and policies are evaluated and from which the URLs' expiry counts
     */
    public Reply handle(Call call, Instant now) {
        NotedFacts noted = new NotedFacts();
        try {
            RequestLimits.check(call, RequestLimits.PRESIGN_BODY, "POST");
            LazyBody<Body> body = new LazyBody<>(() -> read(call));
            Caller caller = authenticator.caller(call, RoleFaces.Face.PRESIGN, () -> hints(call, body), now);
            noted.caller(caller);
            return answer(body.get(), caller, ClientContext.of(call), now);
        } catch (ProblemException refused) {
            return refused.problem().reply().about(noted.facts());
        } catch (SigningRefusal refusal) {
            return BatchReader.Outcome.Refusal.of(refusal).problem().reply().about(noted.facts());
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply().about(noted.facts());
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
            authenticator.caller(head, RoleFaces.Face.PRESIGN, ReadAhead.NOTHING, now);
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.problem());
        } catch (StoreUnavailable e) {
            return Optional.of(ProblemException.Problem.unavailable(e));
        }
    }

    /**
     * The content of a body.
     *
     * @param isBatch whether the answer is a list of results
     */
    private record Body(boolean isBatch, BatchPresigner.Batch requests) {}

    private Body read(Call call) throws ProblemException {
        Members members = JsonBody.members(call);
        if (members.has(BATCH)) {
            return new Body(true, batchPresigner.admit(reader.batch(members, BATCH)));
        }
        if (call.body().length() > RequestLimits.BODY) {
            throw new ProblemException(ProblemException.Problem.bodyTooLarge(RequestLimits.BODY));
        }
        return new Body(false, batchPresigner.admit(List.of(reader.single(members))));
    }

    /** A large body is parsed only after its caller is known. */
    private static List<ReadAhead.Hint> hints(Call call, LazyBody<Body> body) {
        return call.body().length() > RequestLimits.BODY
                ? List.of()
                : body.ifValid().map(valid -> valid.requests().hints()).orElse(List.of());
    }

    private Reply answer(Body body, Caller caller, ClientContext client, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<BatchPresigner.Served> served = batchPresigner.serve(body.requests(), caller, client, now);
        return body.isBatch() ? batch(served, caller) : single(served.getFirst());
    }

    private static Reply single(BatchPresigner.Served served) {
        Reply reply =
                switch (served.outcome()) {
                    case BatchReader.Outcome.Made made -> Reply.json(200, made.url()::write);
                    case BatchReader.Outcome.Refusal refusal ->
                        refusal.problem().reply();
                };
        return reply.about(served.facts());
    }

    private static Reply batch(List<BatchPresigner.Served> served, Caller caller) {
        NotedFacts noted = new NotedFacts();
        noted.caller(caller);
        noted.parts(served.stream().map(BatchPresigner.Served::part).toList());
        return Reply.json(
                        200,
                        json -> json.array(
                                "results", results -> served.forEach(one -> results.object(one.outcome()::write))))
                .about(noted.facts());
    }
}
