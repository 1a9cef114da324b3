package io.countersign.token.sts;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.ClientContext;
import io.countersign.identity.RoleAdmission;
import io.countersign.identity.SessionPolicy;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.policy.CallAuthorizer;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.Decision;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Authority;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.token.session.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code AssumeRole}: a RAM user assumes a role if its own policies allow {@code sts:AssumeRole} on the role and the role's trust policy admits the user. The role
 * may belong to another account; then both policies must name it. Accounts and sessions cannot assume roles.
 */
final class AssumeRole {
    private static final String ACTION = "sts:AssumeRole";

    private final KeyRegistry registry;
    private final Sessions sessions;

    AssumeRole(KeyRegistry registry, Sessions sessions) {
        this.registry = registry;
        this.sessions = sessions;
    }

    /** The records that the call needs once its caller is known: the role that it names and the keys that seal the session. */
    static ReadAhead later(StsCall call) {
        ReadAhead role = () ->
                call.parameters().value(AssumeRoleParameters.ROLE).flatMap(AssumeRoleParameters.RoleName::of).stream()
                        .<ReadAhead.Hint>map(name -> new ReadAhead.Hint.OfRole(name.accountId(), name.name()))
                        .toList();
        return role.and(SessionIssuer.LATER);
    }

    /** @throws StsRefusal when a parameter is invalid or the caller may not assume the role */
    List<Answers.ResponseNode> answer(StsCall call, CallerCheck.StsCaller caller, CallFacts.Noted noted, Instant now)
            throws StsRefusal, StoreUnavailable {
        Principal.RamUser user = user(caller.principal());
        AssumeRoleParameters parameters = new AssumeRoleParameters(call.parameters());
        AssumeRoleParameters.RoleName name = parameters.role();
        String sessionName = parameters.sessionName();
        parameters.checkDuration();
        Optional<String> externalId = parameters.externalId();
        try {
            Optional<PolicyDocument> policy = SessionPolicy.parse(parameters.policy());
            Conditions conditions = ClientContext.of(call.call())
                    .conditions(now, Optional.of(caller.accessKeyId()))
                    .noOssRequest()
                    .build();
            requireAllowed(user, name, conditions);
            Optional<Role> found = registry.role(name.accountId(), name.name(), SessionIssuer.LATER, now);
            if (found.isEmpty()) {
                throw notFound(user, name);
            }
            Role role = found.get();
            requireTrusted(user, role, conditions, externalId);
            return sessions.assume(
                    new SessionIssuer.SessionGrant.OfAccessKey(role, caller.accessKeyId(), sessionName, policy),
                    parameters.duration(role),
                    noted,
                    now);
        } catch (CallerRefusal refusal) {
            throw StsRefusal.Refusals.of(refusal);
        }
    }

    private static Principal.RamUser user(Principal principal) throws StsRefusal {
        return switch (principal) {
            case Principal.RamUser user -> user;
            case Principal.Account account ->
                throw new StsRefusal(StsRefusal.Code.NO_PERMISSION, "Roles may not be assumed by root accounts.");
            case Principal.AssumedRole session ->
                throw denied("Sessions may not assume roles; call with the access key of a RAM user.");
            case Principal.Anonymous anonymous -> throw denied("Sign the call.");
        };
    }

    private static void requireAllowed(
            Principal.RamUser user, AssumeRoleParameters.RoleName role, Conditions conditions) throws StsRefusal {
        String request = ACTION + " on acs:ram:*:" + role.accountId() + ":" + role.path() + ".";
        switch (CallAuthorizer.decide(user, ACTION, role.accountId(), role.path(), conditions)) {
            case CallAuthorizer.CallDecision.Allowed allowed -> {}
            case CallAuthorizer.CallDecision.TooCostly unjudged -> throw denied(Decision.TooCostly.ADVICE);
            case CallAuthorizer.CallDecision.Denied denied ->
                throw denied(
                        denied.statement().isPresent()
                                ? "A policy of the caller denies " + request
                                : "No policy of the caller allows " + request);
        }
    }

    /** Only a caller of the role's account learns that the role does not exist: the caller's policies do not authorize probing names in other accounts. */
    private static StsRefusal notFound(Principal.RamUser user, AssumeRoleParameters.RoleName name) {
        return name.accountId().equals(user.accountId())
                ? new StsRefusal(
                        StsRefusal.Code.NO_SUCH_ROLE,
                        StsRefusal.Code.NO_SUCH_ROLE.message() + " There is no " + name.arn() + ".")
                : notTrusted(user);
    }

    private static StsRefusal notTrusted(Principal.RamUser user) {
        return denied("The trust policy of the role does not admit " + user.identityArn() + ".");
    }

    private static void requireTrusted(Principal.RamUser user, Role role, Conditions known, Optional<String> externalId)
            throws StsRefusal {
        Conditions conditions = known.more()
                .noProof()
                .found(ConditionKey.EXTERNAL_ID, externalId)
                .build();
        TrustPolicy.TrustRequest request = new TrustPolicy.TrustRequest(
                new TrustPolicy.TrustPrincipal.Ram(user.identityArn(), user.accountId()), conditions);
        try {
            RoleAdmission.require(role, RoleFaces.Face.STS, request);
        } catch (CallerRefusal refusal) {
            throw refusal.code() == CallerRefusal.Code.NOT_TRUSTED ? notTrusted(user) : StsRefusal.Refusals.of(refusal);
        }
    }

    private static StsRefusal denied(String reason) {
        return new StsRefusal(StsRefusal.Code.NO_PERMISSION, StsRefusal.Code.NO_PERMISSION.message() + " " + reason);
    }

    /** Issues the session of an AssumeRole action and writes the answer. */
    record Sessions(SessionIssuer issuer) {
        /** @throws StsRefusal when the session does not fit into a token, or when Alibaba Cloud's STS makes the sessions of the role */
        List<Answers.ResponseNode> assume(
                SessionIssuer.SessionGrant grant, Duration duration, CallFacts.Noted noted, Instant now)
                throws StsRefusal, StoreUnavailable {
            requireLocal(grant.role());
            try {
                SessionIssuer.IssuedSession session = issuer.issue(grant, duration, now);
                noted.session(session.sessionId());
                String sessionName = session.principal().sessionName();
                return List.of(
                        // Not STS's own. Clients of STS ignore elements that they do not know.
                        Answers.ResponseNode.field("SessionId", session.sessionId()),
                        Answers.ResponseNode.group(
                                "AssumedRoleUser",
                                Answers.ResponseNode.field(
                                        "Arn", session.principal().arn()),
                                Answers.ResponseNode.field("AssumedRoleId", session.roleId() + ":" + sessionName)),
                        new Answers.ResponseNode.Group(
                                "Credentials",
                                TemporaryCredentials.of(session).revealed().entrySet().stream()
                                        .<Answers.ResponseNode>map(
                                                entry -> Answers.ResponseNode.field(entry.getKey(), entry.getValue()))
                                        .toList()));
            } catch (CallerRefusal refusal) {
                throw StsRefusal.Refusals.of(refusal);
            }
        }

        /** Only Alibaba Cloud can make keys that Alibaba Cloud accepts. */
        private static void requireLocal(Role role) throws StsRefusal {
            if (role.authority() == Authority.STS) {
                throw new StsRefusal(
                        StsRefusal.Code.NO_PERMISSION,
                        "Alibaba Cloud's STS makes the sessions of this role; call it there, or ask /token.");
            }
        }
    }
}
