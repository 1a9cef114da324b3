package io.countersign.token.sts;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.token.IssuedSession;
import io.countersign.identity.token.SessionGrant;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.registry.Authority;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.token.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes the session of an AssumeRole, and says what its holder is told. */
record Sessions(SessionIssuer issuer) {
    /** @throws StsRefusal when the session does not fit into a token, or is not this registry's to make */
    List<Element> assume(SessionGrant grant, Duration duration, Instant now) throws StsRefusal, StoreUnavailable {
        requireOurs(grant.role());
        try {
            IssuedSession session = issuer.issue(grant, duration, now);
            String sessionName = session.principal().sessionName();
            return List.of(
                    Element.group(
                            "AssumedRoleUser",
                            Element.field("Arn", session.principal().arn()),
                            Element.field("AssumedRoleId", session.roleId() + ":" + sessionName)),
                    new Element.Group(
                            "Credentials",
                            TemporaryCredentials.of(session).shown().entrySet().stream()
                                    .<Element>map(entry -> Element.field(entry.getKey(), entry.getValue()))
                                    .toList()));
        } catch (CallerRefusal refusal) {
            throw Refusals.of(refusal);
        }
    }

    /** The keys of a role whose authority is Alibaba Cloud must be known to Alibaba Cloud. */
    private static void requireOurs(Role role) throws StsRefusal {
        if (role.authority() == Authority.STS) {
            throw new StsRefusal(
                    StsError.NO_PERMISSION,
                    "Alibaba Cloud's STS makes the sessions of this role; call it there, or ask /token.");
        }
    }
}
