package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.policy.PolicyKind;
import io.countersign.policy.PolicyReview;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Authority;
import io.countersign.registry.Role;
import io.countersign.registry.SessionNaming;
import io.countersign.registry.Shapes;
import java.time.Duration;
import java.util.Optional;

/** Reads one of {@code roles}. */
final class RoleReader {
    private static final Duration USUAL_SESSION = Duration.ofHours(1);

    private RoleReader() {}

    static ManifestRole read(Members members) throws InvalidDocumentException {
        Authority authority = Texts.word(
                members,
                "authority",
                Authority.REGISTRY,
                text -> Authority.of(text).filter(known -> known != Authority.RAM),
                "registry or sts");
        return new ManifestRole(
                members.at(),
                Texts.required(members, "name", Shapes::isRamName, "a role name: 1 to 64 of A-Z a-z 0-9 . _ @ -"),
                Durations.read(members, "maxSessionDuration", USUAL_SESSION, Role.MIN_SESSION, Role.MAX_SESSION),
                TrustPolicy.parse(members.required("trust")),
                Policies.read(members, PolicyKind.ROLE),
                PolicyReview.ofTrust(members.required("trust")).and(Policies.review(members, PolicyKind.ROLE)),
                authority,
                signer(members, authority),
                Texts.word(members, "sessionName", SessionNaming.SUBJECT, SessionNaming::of, "subject or caller"),
                members.optionalBoolean("sharedSubjects").orElse(false));
    }

    private static Optional<String> signer(Members members, Authority authority) throws InvalidDocumentException {
        boolean needed = authority == Authority.STS;
        if (members.has("signer") != needed) {
            throw new InvalidDocumentException(
                    members.at(),
                    needed
                            ? "a role whose authority is sts needs a signer, the user whose key asks for its sessions"
                            : "only a role whose authority is sts has a signer; take it out");
        }
        return Texts.optional(members, "signer", Shapes::isRamName, "the name of a user of this account");
    }
}
