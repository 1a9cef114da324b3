package io.countersign.token.sts;

import io.countersign.http.LogValue;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.ClientContext;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.json.Value;
import io.countersign.policy.Principal;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code AssumeRoleWithOIDC}: the bearer of an OIDC token assumes a role. The call is not signed, because the OIDCToken proves the caller; a signature that a client
 * adds is ignored. The session name is derived from the token's {@code sub}. The caller chooses it only if the role has {@code sessionName: caller}; otherwise a
 * different name in the call is logged.
 */
final class AssumeRoleWithOidc {
    private static final System.Logger LOG = System.getLogger(AssumeRoleWithOidc.class.getName());
    private static final int MIN_TOKEN = 4;
    private static final int MAX_TOKEN = 20_000;
    private static final Pattern PROVIDER = Pattern.compile("acs:ram::[0-9]{1,32}:oidc-provider/[A-Za-z0-9._@-]{1,64}");

    private final BearerAuthenticator authenticator;
    private final AssumeRole.Sessions sessions;

    AssumeRoleWithOidc(BearerAuthenticator authenticator, AssumeRole.Sessions sessions) {
        this.authenticator = authenticator;
        this.sessions = sessions;
    }

    /** @throws StsRefusal when a parameter is invalid or the token may not assume the role */
    List<Answers.ResponseNode> answer(StsCall call, CallFacts.Noted noted, Instant now)
            throws StsRefusal, StoreUnavailable {
        AssumeRoleParameters parameters = new AssumeRoleParameters(call.parameters());
        String provider = provider(parameters);
        AssumeRoleParameters.RoleName role = parameters.role();
        String token = token(parameters);
        String sessionName = parameters.sessionName();
        parameters.checkDuration();
        Caller caller = caller(call, token, role, parameters.policy(), now);
        noted.bearer(caller);
        if (!caller.provider().arn().equals(provider)) {
            throw new StsRefusal(StsRefusal.Code.OIDC_TOKEN_AUDIENCE);
        }
        Duration duration = parameters.duration(caller.role());
        List<Answers.ResponseNode> elements = new ArrayList<>(sessions.assume(
                new SessionIssuer.SessionGrant.OfBearer(named(caller, sessionName)), duration, noted, now));
        elements.add(tokenInfo(caller));
        return List.copyOf(elements);
    }

    private Caller caller(
            StsCall call, String token, AssumeRoleParameters.RoleName role, Optional<Value> policy, Instant now)
            throws StsRefusal, StoreUnavailable {
        try {
            return authenticator.authenticate(
                    token,
                    RoleFaces.Face.STS,
                    Optional.of(role.arn()),
                    policy,
                    ClientContext.of(call.call()),
                    SessionIssuer.LATER,
                    now);
        } catch (CallerRefusal refusal) {
            throw StsRefusal.Refusals.of(refusal);
        }
    }

    private static String provider(AssumeRoleParameters parameters) throws StsRefusal {
        String arn = parameters.required("OIDCProviderArn");
        if (!PROVIDER.matcher(arn).matches()) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_PROVIDER_ARN,
                    StsRefusal.Code.INVALID_PROVIDER_ARN.message() + " Write acs:ram::ACCOUNT:oidc-provider/NAME.");
        }
        return arn;
    }

    private static String token(AssumeRoleParameters parameters) throws StsRefusal {
        String token = parameters.required("OIDCToken");
        if (token.length() < MIN_TOKEN || token.length() > MAX_TOKEN) {
            throw new StsRefusal(StsRefusal.Code.INVALID_OIDC_TOKEN);
        }
        return token;
    }

    /** @param sessionName well-formed; used only if the role lets the caller choose */
    private static Caller named(Caller caller, String sessionName) {
        return switch (caller.role().naming()) {
            case CALLER -> renamed(caller, sessionName);
            case SUBJECT -> {
                if (!sessionName.equals(caller.sessionName())) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            () -> "event=sessionNamed session="
                                    + caller.principal().arn() + " asked=" + LogValue.of(sessionName));
                }
                yield caller;
            }
        };
    }

    private static Caller renamed(Caller caller, String sessionName) {
        Principal.AssumedRole principal = caller.principal();
        return new Caller(
                caller.provider(),
                caller.audience(),
                caller.role(),
                caller.subject(),
                new Principal.AssumedRole(
                        principal.accountId(),
                        principal.roleName(),
                        sessionName,
                        principal.policies(),
                        principal.session()),
                caller.variables(),
                caller.tokenIssued(),
                caller.tokenExpires());
    }

    private static Answers.ResponseNode tokenInfo(Caller caller) {
        return Answers.ResponseNode.group(
                "OIDCTokenInfo",
                Answers.ResponseNode.field("Subject", caller.subject()),
                Answers.ResponseNode.field("Issuer", caller.provider().issuer()),
                Answers.ResponseNode.field("ClientIds", caller.audience()),
                Answers.ResponseNode.field(
                        "ExpirationTime", caller.tokenExpires().toString()),
                Answers.ResponseNode.field("IssuanceTime", caller.tokenIssued().toString()),
                Answers.ResponseNode.field("VerificationInfo", "Success"));
    }
}
