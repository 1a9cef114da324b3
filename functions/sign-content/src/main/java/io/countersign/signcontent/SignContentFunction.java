package io.countersign.signcontent;

import io.countersign.http.Call;
import io.countersign.http.LazyBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.json.JsonText;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.List;

/**
 * {@code POST /sign-content}: a bearer JWT and a string to sign in, its signature out. Nothing is signed that was not understood: the string is parsed strictly,
 * rebuilt from what was parsed and compared byte for byte, and what it asks for is judged by the caller's policies as {@code /presign} judges.
 */
public final class SignContentFunction {
    private final BearerAuthenticator authenticator;
    private final ContentSigner signer;

    /** @param signingKeys shared with whoever else signs or verifies with the registry's keys */
    public SignContentFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SigningKeys signingKeys,
            SignContentSettings settings) {
        this.authenticator = authenticator;
        this.signer = new ContentSigner(registry, signingKeys, settings);
    }

    /**
     * Answers one call, whatever it is: with a signature, or with the problem that says what to change.
     *
     * @param now the present: tokens, policies, dates and expiries are judged by it
     */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            LazyBody<WantedReader.Wanted> body = new LazyBody<>(() -> WantedReader.read(call));
            Caller caller = authenticator.caller(call, () -> hints(body), now);
            return answer(body.get(), caller, ClientContext.of(call), now);
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private static List<ReadAhead.Hint> hints(LazyBody<WantedReader.Wanted> body) {
        return body.ifValid().map(SignContentFunction::hints).orElse(List.of());
    }

    private static List<ReadAhead.Hint> hints(WantedReader.Wanted wanted) {
        try {
            return SigningAuthority.names(ContentSigner.buckets(wanted));
        } catch (ProblemException refused) {
            // Thrown again once the caller is known.
            return List.of();
        }
    }

    private Reply answer(WantedReader.Wanted wanted, Caller caller, ClientContext asker, Instant now)
            throws ProblemException, StoreUnavailable {
        return switch (wanted) {
            case WantedReader.Wanted.AuthorizationText text ->
                Reply.text(200, signer.authorization(text.content(), caller, asker, now));
            case WantedReader.Wanted.AuthorizationJson json ->
                member("authorization", signer.authorization(json.content(), caller, asker, now));
            case WantedReader.Wanted.Signature signature ->
                member("signature", signer.signature(signature.request(), caller, asker, now));
        };
    }

    private static Reply member(String name, String value) {
        return Reply.json(200, JsonText.object(json -> json.put(name, value)));
    }
}
