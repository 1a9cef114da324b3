package io.countersign.token;

import io.countersign.http.BearerToken;
import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.ClientContext;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.token.upstream.UpstreamRefusal;
import io.countersign.token.upstream.UpstreamSessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code GET, POST /token}: a bearer JWT in, a FederationToken out (protocol.md 5.2). Every answer is HTTP 200; {@code StatusCode} says what became of it, and
 * every refusal has {@code ErrorCode} and {@code ErrorMessage}.
 */
public final class TokenFunction {
    private static final Duration USUAL = Duration.ofHours(1);

    private final BearerAuthenticator authenticator;
    private final SessionIssuer issuer;
    private final UpstreamSessions upstream;

    /**
     * @param upstream makes the sessions of roles whose authority is Alibaba Cloud's STS
     * @param random draws what sessions are made of
     */
    public TokenFunction(
            BearerAuthenticator authenticator, KeyRegistry registry, UpstreamSessions upstream, SecureRandom random) {
        this.authenticator = authenticator;
        this.issuer = new SessionIssuer(registry, random);
        this.upstream = upstream;
    }

    /**
     * Answers one call, whatever it is.
     *
     * @param now the present: the token is judged by it, and the session begins at it
     */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "GET", "POST");
            QueryParameters query = TokenRequestReader.query(call);
            Optional<String> inQuery = query.first(TokenRequestReader.QUERY_TOKEN);
            String token = inQuery.isPresent() ? alone(call, inQuery.get()) : BearerToken.of(call);
            TokenRequestReader.TokenRequest request = TokenRequestReader.read(call, query);
            Caller caller = authenticator.authenticate(
                    token, request.role(), request.policy(), ClientContext.of(call), SessionIssuer.LATER, now);
            if (inQuery.isPresent() && !caller.provider().allowQueryToken()) {
                throw refused(
                        401, "QueryTokenNotAllowed", "Send the token in the header Authorization: Bearer <token>.");
            }
            return TemporaryCredentials.FederationReplies.of(credentials(caller, request, now));
        } catch (ProblemException refused) {
            return TemporaryCredentials.FederationReplies.refusal(refused.problem());
        } catch (UpstreamRefusal refusal) {
            return TemporaryCredentials.FederationReplies.refusal(refusal.problem());
        } catch (CallerRefusal refusal) {
            return TemporaryCredentials.FederationReplies.refusal(refusal.problem());
        } catch (StoreUnavailable e) {
            return TemporaryCredentials.FederationReplies.refusal(ProblemException.Problem.unavailable(e));
        }
    }

    /** What is refused before a call comes this far, in the form of this face too. */
    public Reply refusal(ProblemException.Problem problem) {
        return TemporaryCredentials.FederationReplies.refusal(problem);
    }

    private TemporaryCredentials credentials(Caller caller, TokenRequestReader.TokenRequest request, Instant now)
            throws ProblemException, CallerRefusal, UpstreamRefusal, StoreUnavailable {
        Duration duration = request.duration().orElseGet(() -> usual(caller.role()));
        if (duration.compareTo(caller.role().maxSessionDuration()) > 0) {
            throw refused(
                    400,
                    "InvalidDuration",
                    "A session of this role lasts at most "
                            + caller.role().maxSessionDuration().toSeconds() + " seconds; ask for that.");
        }
        return switch (caller.role().authority()) {
            case REGISTRY, RAM ->
                TemporaryCredentials.of(issuer.issue(new SessionIssuer.SessionGrant.OfBearer(caller), duration, now));
            case STS -> upstream.assume(caller, duration, now);
        };
    }

    private static Duration usual(Role role) {
        return role.maxSessionDuration().compareTo(USUAL) < 0 ? role.maxSessionDuration() : USUAL;
    }

    private static String alone(Call call, String token) throws ProblemException {
        if (!call.headerValues("Authorization").isEmpty()) {
            throw refused(400, "InvalidToken", "Send one token, in the Authorization header or as access_token.");
        }
        return token;
    }

    private static ProblemException refused(int status, String code, String detail) {
        return new ProblemException(new ProblemException.Problem(status, code, "No session is made", detail));
    }
}
