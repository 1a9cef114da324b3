package io.countersign.token;

import io.countersign.http.BearerToken;
import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.BearerFacts;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.ClientContext;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.token.session.TemporaryCredentials;
import io.countersign.token.session.TokenRefusal;
import io.countersign.token.upstream.UpstreamSessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code GET, POST /token}: exchanges a bearer JWT for a FederationToken (docs/protocol.md 5.2). Every answer has the HTTP status 200; {@code StatusCode} is the
 * real status, and every refusal has {@code ErrorCode} and {@code ErrorMessage}.
 */
public final class TokenFunction {
    private static final Duration DEFAULT_DURATION = Duration.ofHours(1);

    private final BearerAuthenticator authenticator;
    private final SessionIssuer issuer;
    private final UpstreamSessions upstream;

    /**
     * @param limits of this process, which everything that makes sessions shares
     * @param upstream makes the sessions of roles whose authority is Alibaba Cloud's STS
     * @param random draws the ids, secrets and nonces of sessions
     */
    public TokenFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SubjectLimits limits,
            UpstreamSessions upstream,
            SecureRandom random) {
        this.authenticator = authenticator;
        this.issuer = new SessionIssuer(registry, limits, random);
        this.upstream = upstream;
    }

    /**
     * Answers a call; never throws for a call that is malformed or refused.
     *
     * @param now the present, at which the token is judged and the session begins
     */
    public Reply handle(Call call, Instant now) {
        NotedCaller noted = new NotedCaller();
        Reply reply = answer(call, noted, now);
        return reply.about(noted.facts());
    }

    private Reply answer(Call call, NotedCaller noted, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "GET", "POST");
            QueryParameters query = TokenRequestReader.query(call);
            Optional<String> queryToken = query.first(TokenRequestReader.QUERY_TOKEN);
            String token = queryToken.isPresent() ? onlyToken(call, queryToken.get()) : BearerToken.of(call);
            TokenRequestReader.TokenRequest request = TokenRequestReader.read(call, query);
            Caller caller = authenticator.authenticate(
                    token,
                    RoleFaces.Face.TOKEN,
                    request.role(),
                    request.policy(),
                    ClientContext.of(call),
                    SessionIssuer.LATER,
                    now);
            noted.caller(caller);
            if (queryToken.isPresent() && !caller.provider().allowQueryToken()) {
                throw new TokenRefusal(
                        TokenRefusal.Code.QUERY_TOKEN_NOT_ALLOWED,
                        "Send the token in the header Authorization: Bearer <token>.");
            }
            TemporaryCredentials credentials = credentials(caller, request, now);
            noted.session(credentials);
            return FederationReplies.of(credentials);
        } catch (ProblemException refusal) {
            return FederationReplies.refusal(refusal.problem());
        } catch (TokenRefusal refusal) {
            return FederationReplies.refusal(refusal.problem());
        } catch (CallerRefusal refusal) {
            return FederationReplies.refusal(refusal.problem());
        } catch (StoreUnavailable e) {
            return FederationReplies.refusal(ProblemException.Problem.unavailable(e));
        }
    }

    /** Answers a refusal that happened before the function was called, in the form of {@code /token}. */
    public Reply refusal(ProblemException.Problem problem) {
        return FederationReplies.refusal(problem);
    }

    private TemporaryCredentials credentials(Caller caller, TokenRequestReader.TokenRequest request, Instant now)
            throws CallerRefusal, TokenRefusal, StoreUnavailable {
        Role role = caller.role();
        Duration duration = request.duration().orElseGet(() -> defaultDuration(role));
        if (duration.compareTo(role.maxSessionDuration()) > 0) {
            throw new CallerRefusal(
                    CallerRefusal.Code.INVALID_DURATION,
                    "A session of this role lasts at most "
                            + role.maxSessionDuration().toSeconds() + " seconds; ask for that.");
        }
        return switch (role.authority()) {
            case REGISTRY, RAM ->
                TemporaryCredentials.of(issuer.issue(new SessionIssuer.SessionGrant.OfBearer(caller), duration, now));
            case STS -> upstream.assume(caller, duration, now);
        };
    }

    /** Keeps what is known of the decision on one call. For one thread. */
    private static final class NotedCaller {
        private BearerFacts facts = BearerFacts.NOTHING;

        void caller(Caller caller) {
            facts = BearerFacts.of(caller, "sts:AssumeRole", caller.role().arn());
        }

        void session(TemporaryCredentials credentials) {
            facts = facts.with(credentials.sessionId());
        }

        BearerFacts facts() {
            return facts;
        }
    }

    private static Duration defaultDuration(Role role) {
        return role.maxSessionDuration().compareTo(DEFAULT_DURATION) < 0 ? role.maxSessionDuration() : DEFAULT_DURATION;
    }

    private static String onlyToken(Call call, String token) throws TokenRefusal {
        if (!call.headerValues("Authorization").isEmpty()) {
            throw new TokenRefusal(
                    TokenRefusal.Code.INVALID_TOKEN, "Send one token, in the Authorization header or as access_token.");
        }
        return token;
    }
}
