package io.countersign.token.sts;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.ClientContext;
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
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.token.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code AssumeRole}: a RAM user becomes a role, when its own policies allow {@code sts:AssumeRole} on that role and the role's trust policy admits it. The
 * role may be of another account, which both of these must name. Accounts and sessions may assume no role.
 */
final class AssumeRole {
    private static final String ACTION = "sts:AssumeRole";

    private final KeyRegistry registry;
    private final Sessions sessions;

    AssumeRole(KeyRegistry registry, Sessions sessions) {
        this.registry = registry;
        this.sessions = sessions;
    }

    /** What the call asks the registry for once its caller is known: the role that it names, and what seals the session. */
    static ReadAhead later(StsCall call) {
        ReadAhead role = () ->
                call.parameters().value(AssumeRoleParameters.ROLE).flatMap(AssumeRoleParameters.RoleName::of).stream()
                        .<ReadAhead.Hint>map(name -> new ReadAhead.Hint.OfRole(name.accountId(), name.name()))
                        .toList();
        return role.and(SessionIssuer.LATER);
    }

    /** @throws StsRefusal for every reason that STS has */
    List<Answers.ResponseNode> answer(StsCall call, CallerCheck.StsCaller caller, Instant now)
            throws StsRefusal, StoreUnavailable {
        Principal.RamUser user = user(caller.principal());
        AssumeRoleParameters wishes = new AssumeRoleParameters(call.parameters());
        AssumeRoleParameters.RoleName name = wishes.role();
        String sessionName = wishes.sessionName();
        wishes.checkDuration();
        Optional<String> externalId = wishes.externalId();
        try {
            Optional<PolicyDocument> policy = SessionPolicy.parse(wishes.policy());
            Conditions conditions = ClientContext.of(call.call())
                    .conditions(now, Optional.of(caller.accessKeyId()))
                    .noOssRequest()
                    .build();
            requireAllowed(user, name, conditions);
            Optional<Role> found = registry.role(name.accountId(), name.name(), SessionIssuer.LATER, now);
            if (found.isEmpty()) {
                throw notThere(user, name);
            }
            Role role = found.get();
            requireTrusted(user, role, conditions, externalId);
            return sessions.assume(
                    new SessionIssuer.SessionGrant.OfAccessKey(role, caller.accessKeyId(), sessionName, policy),
                    wishes.duration(role),
                    now);
        } catch (CallerRefusal refusal) {
            throw StsRefusal.Refusals.of(refusal);
        }
    }

    private static Principal.RamUser user(Principal principal) throws StsRefusal {
        return switch (principal) {
            case Principal.RamUser user -> user;
            case Principal.Account account ->
                throw new StsRefusal(StsRefusal.StsError.NO_PERMISSION, "Roles may not be assumed by root accounts.");
            case Principal.AssumedRole session ->
                throw denied("Sessions may not assume roles; call with the access key of a RAM user.");
            case Principal.Anonymous anonymous -> throw denied("Sign the call.");
        };
    }

    private static void requireAllowed(
            Principal.RamUser user, AssumeRoleParameters.RoleName role, Conditions conditions) throws StsRefusal {
        String what = ACTION + " on acs:ram:*:" + role.accountId() + ":" + role.path() + ".";
        switch (CallAuthorizer.decide(user, ACTION, role.accountId(), role.path(), conditions)) {
            case CallAuthorizer.CallDecision.Allowed allowed -> {}
            case CallAuthorizer.CallDecision.TooCostly unjudged -> throw denied(Decision.TooCostly.ADVICE);
            case CallAuthorizer.CallDecision.Denied denied ->
                throw denied(
                        denied.statement().isPresent()
                                ? "A policy of the caller denies " + what
                                : "No policy of the caller allows " + what);
        }
    }

    /** That a role is not there is told in its own account alone: a policy of the caller's own account says nothing about names in another. */
    private static StsRefusal notThere(Principal.RamUser user, AssumeRoleParameters.RoleName name) {
        return name.accountId().equals(user.accountId())
                ? new StsRefusal(
                        StsRefusal.StsError.NO_SUCH_ROLE,
                        StsRefusal.StsError.NO_SUCH_ROLE.message() + " There is no " + name.arn() + ".")
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
        if (!role.trust().admits(request)) {
            throw notTrusted(user);
        }
    }

    private static StsRefusal denied(String why) {
        return new StsRefusal(
                StsRefusal.StsError.NO_PERMISSION, StsRefusal.StsError.NO_PERMISSION.message() + " " + why);
    }

    /** Makes the session of an AssumeRole, and says what its holder is told. */
    record Sessions(SessionIssuer issuer) {
        /** @throws StsRefusal when the session does not fit into a token, or is not this registry's to make */
        List<Answers.ResponseNode> assume(SessionIssuer.SessionGrant grant, Duration duration, Instant now)
                throws StsRefusal, StoreUnavailable {
            requireOurs(grant.role());
            try {
                SessionIssuer.IssuedSession session = issuer.issue(grant, duration, now);
                String sessionName = session.principal().sessionName();
                return List.of(
                        Answers.ResponseNode.group(
                                "AssumedRoleUser",
                                Answers.ResponseNode.field(
                                        "Arn", session.principal().arn()),
                                Answers.ResponseNode.field("AssumedRoleId", session.roleId() + ":" + sessionName)),
                        new Answers.ResponseNode.Group(
                                "Credentials",
                                TemporaryCredentials.of(session).shown().entrySet().stream()
                                        .<Answers.ResponseNode>map(
                                                entry -> Answers.ResponseNode.field(entry.getKey(), entry.getValue()))
                                        .toList()));
            } catch (CallerRefusal refusal) {
                throw StsRefusal.Refusals.of(refusal);
            }
        }

        /** The keys of a role whose authority is Alibaba Cloud must be known to Alibaba Cloud. */
        private static void requireOurs(Role role) throws StsRefusal {
            if (role.authority() == Authority.STS) {
                throw new StsRefusal(
                        StsRefusal.StsError.NO_PERMISSION,
                        "Alibaba Cloud's STS makes the sessions of this role; call it there, or ask /token.");
            }
        }
    }
}
