package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.policy.PolicyKind;
import io.countersign.registry.Authority;
import io.countersign.registry.RamUser;
import io.countersign.registry.RotationRule;
import io.countersign.registry.Shapes;
import java.time.Duration;

/** Reads one of {@code users}. */
final class UserReader {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private UserReader() {}

    static ManifestUser read(Members members) throws InvalidDocumentException {
        return new ManifestUser(
                members.at(),
                Texts.required(members, "name", Shapes::isRamName, "a user name: 1 to 64 of A-Z a-z 0-9 . _ @ -"),
                Texts.optional(members, "uid", Shapes::isAccountId, "the user's UID in RAM: 1 to 32 digits, in quotes"),
                KeysReader.read(members, RamUser.MAX_KEYS),
                Policies.read(members, PolicyKind.IDENTITY),
                Policies.review(members, PolicyKind.IDENTITY),
                rotation(members),
                Texts.word(
                        members,
                        "authority",
                        Authority.REGISTRY,
                        text -> Authority.of(text).filter(authority -> authority != Authority.STS),
                        "registry or ram"));
    }

    private static RotationRule rotation(Members user) throws InvalidDocumentException {
        if (!user.has("rotation")) {
            return RotationRule.DEFAULT;
        }
        Members members = Members.of(user.required("rotation"));
        RotationRule otherwise = RotationRule.DEFAULT;
        Duration hour = Duration.ofHours(1);
        RotationRule rule = new RotationRule(
                Durations.read(members, "every", otherwise.every(), hour, LONGEST),
                Durations.read(members, "overlap", otherwise.overlap(), Duration.ofMinutes(15), LONGEST),
                Durations.read(members, "removeAfter", otherwise.removeAfter(), Duration.ZERO, LONGEST));
        members.done();
        return rule;
    }
}
