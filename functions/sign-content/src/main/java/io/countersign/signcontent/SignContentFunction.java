package io.countersign.signcontent;

import io.countersign.http.Call;
import io.countersign.http.LazyBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.List;

/**
 * {@code POST /sign-content}: authenticates the caller by a bearer JWT and returns the signature of a string to sign. The string is parsed strictly, rebuilt from the
 * parsed request and compared byte for byte; the caller's policies authorize the request as they do for {@code /presign}. Any other string is refused.
 */
public final class SignContentFunction {
    private final BearerAuthenticator authenticator;
    private final ContentSigner signer;

    /**
     * @param limits of this process, which everything that signs for callers shares
     * @param signingKeys a cache that all signers and verifiers of the registry's keys share
     */
    public SignContentFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SubjectLimits limits,
            SigningKeys signingKeys,
            SignContentSettings settings) {
        this.authenticator = authenticator;
        this.signer = new ContentSigner(registry, limits, signingKeys, settings);
    }

    /**
     * Answers a call with a signature, or with a problem that says what to change.
     *
     * @param now the present, at which tokens, policies, dates and expiries are evaluated
     */
    public Reply handle(Call call, Instant now) {
        NotedFacts noted = new NotedFacts();
        Reply reply = answer(call, noted, now);
        return reply.about(noted.facts());
    }

    private Reply answer(Call call, NotedFacts noted, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            LazyBody<ContentRequestReader.ContentRequest> body = new LazyBody<>(() -> ContentRequestReader.read(call));
            Caller caller = authenticator.caller(call, RoleFaces.Face.SIGN_CONTENT, () -> hints(body), now);
            noted.caller(caller);
            return answer(body.get(), noted, caller, ClientContext.of(call), now);
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private static List<ReadAhead.Hint> hints(LazyBody<ContentRequestReader.ContentRequest> body) {
        return body.ifValid().map(SignContentFunction::hints).orElse(List.of());
    }

    private static List<ReadAhead.Hint> hints(ContentRequestReader.ContentRequest request) {
        try {
            return SigningAuthority.names(ContentSigner.buckets(request));
        } catch (ProblemException refused) {
            // The call is refused after authentication.
            return List.of();
        }
    }

    private Reply answer(
            ContentRequestReader.ContentRequest request,
            NotedFacts noted,
            Caller caller,
            ClientContext client,
            Instant now)
            throws ProblemException, StoreUnavailable {
        return switch (request) {
            case ContentRequestReader.ContentRequest.AuthorizationText text ->
                Reply.text(200, signer.authorization(text.content(), noted, caller, client, now));
            case ContentRequestReader.ContentRequest.AuthorizationJson json ->
                member("authorization", signer.authorization(json.content(), noted, caller, client, now));
            case ContentRequestReader.ContentRequest.Signature signature ->
                member("signature", signer.signature(signature.request(), noted, caller, client, now));
        };
    }

    private static Reply member(String name, String value) {
        return Reply.json(200, json -> json.put(name, value));
    }
}
