package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.policy.PolicyKind;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Authority;
import io.countersign.registry.Role;
import io.countersign.registry.Shapes;
import java.time.Duration;

/** Reads one of {@code roles}. */
final class RoleReader {
    private static final Duration USUAL_SESSION = Duration.ofHours(1);

    private RoleReader() {}

    static ManifestRole read(Members members) throws InvalidDocumentException {
        return new ManifestRole(
                members.at(),
                Texts.required(members, "name", Shapes::isRamName, "a role name: 1 to 64 of A-Z a-z 0-9 . _ @ -"),
                Durations.read(members, "maxSessionDuration", USUAL_SESSION, Role.MIN_SESSION, Role.MAX_SESSION),
                TrustPolicy.parse(members.required("trust")),
                Policies.read(members, PolicyKind.ROLE),
                Texts.word(
                        members,
                        "authority",
                        Authority.REGISTRY,
                        text -> Authority.of(text).filter(authority -> authority != Authority.RAM),
                        "registry or sts"));
    }
}
