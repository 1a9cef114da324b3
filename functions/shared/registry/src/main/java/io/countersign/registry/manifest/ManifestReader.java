package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyReview;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.AccountItem;
import io.countersign.registry.Authority;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleLimits;
import io.countersign.signing.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the manifest's members into records. {@link ManifestCheck} checks how they fit together. */
final class ManifestReader {
    private static final int MAX_ACCOUNTS = 1_000;
    private static final int MAX_MEMBERS = 10_000;

    private ManifestReader() {}

    static Manifest read(Value document) throws InvalidDocumentException {
        Members members = Members.of(document);
        members.required("accounts");
        List<Manifest.ManifestAccount> accounts = new ArrayList<>();
        for (Value account : Texts.elements(members, "accounts", MAX_ACCOUNTS)) {
            accounts.add(account(Members.of(account)));
        }
        members.done();
        return new Manifest(accounts);
    }

    private static Manifest.ManifestAccount account(Members members) throws InvalidDocumentException {
        String id = Texts.required(members, "id", IdSyntax::isAccountId, "an account id: 1 to 32 digits, in quotes");
        Manifest.ManifestAccount account = new Manifest.ManifestAccount(
                members.at(),
                id,
                KeysReader.read(members, AccountItem.Account.MAX_KEYS),
                each(members, "users", UserReader::read),
                each(members, "roles", RoleReader::read),
                each(members, "oidcProviders", provider -> ProviderReader.read(provider, id)),
                each(members, "buckets", bucket -> BucketReader.read(bucket, id)),
                each(members, "uploads", upload -> UploadReader.read(upload, id)));
        members.done();
        return account;
    }

    private interface Reader<T> {
        T read(Members members) throws InvalidDocumentException;
    }

    /** Reads a list of objects whose members must all be known. */
    private static <T> List<T> each(Members members, String name, Reader<T> reader) throws InvalidDocumentException {
        List<T> records = new ArrayList<>();
        for (Value element : Texts.elements(members, name, MAX_MEMBERS)) {
            Members inner = Members.of(element);
            records.add(reader.read(inner));
            inner.done();
        }
        return records;
    }

    /** Reads an element of {@code users}. */
    static final class UserReader {
        private static final Duration LONGEST = Duration.ofDays(3_650);

        private UserReader() {}

        static Manifest.ManifestUser read(Members members) throws InvalidDocumentException {
            return new Manifest.ManifestUser(
                    members.at(),
                    Texts.required(members, "name", IdSyntax::isRamName, "a user name: 1 to 64 of A-Z a-z 0-9 . _ @ -"),
                    Texts.optional(
                            members, "uid", IdSyntax::isAccountId, "the user's UID in RAM: 1 to 32 digits, in quotes"),
                    KeysReader.read(members, RamUser.MAX_KEYS),
                    Policies.read(members, PolicyDocument.Kind.IDENTITY),
                    Policies.review(members, PolicyDocument.Kind.IDENTITY),
                    rotation(members),
                    Texts.word(
                            members,
                            "authority",
                            Authority.REGISTRY,
                            text -> Authority.of(text).filter(authority -> authority != Authority.STS),
                            "registry or ram"));
        }

        private static RamUser.RotationRule rotation(Members user) throws InvalidDocumentException {
            if (!user.has("rotation")) {
                return RamUser.RotationRule.DEFAULT;
            }
            Members members = Members.of(user.required("rotation"));
            RamUser.RotationRule otherwise = RamUser.RotationRule.DEFAULT;
            Duration hour = Duration.ofHours(1);
            RamUser.RotationRule rule = new RamUser.RotationRule(
                    Durations.read(members, "every", otherwise.every(), hour, LONGEST),
                    Durations.read(members, "overlap", otherwise.overlap(), Duration.ofMinutes(15), LONGEST),
                    Durations.read(members, "removeAfter", otherwise.removeAfter(), Duration.ZERO, LONGEST));
            members.done();
            return rule;
        }
    }

    /** Reads an element of {@code roles}. */
    static final class RoleReader {
        private static final Duration USUAL_SESSION = Duration.ofHours(1);
        private static final String FACES = "faces";

        private RoleReader() {}

        static Manifest.ManifestRole read(Members members) throws InvalidDocumentException {
            Authority authority = Texts.word(
                    members,
                    "authority",
                    Authority.REGISTRY,
                    text -> Authority.of(text).filter(known -> known != Authority.RAM),
                    "registry or sts");
            return new Manifest.ManifestRole(
                    members.at(),
                    Texts.required(members, "name", IdSyntax::isRamName, "a role name: 1 to 64 of A-Z a-z 0-9 . _ @ -"),
                    Durations.read(members, "maxSessionDuration", USUAL_SESSION, Role.MIN_SESSION, Role.MAX_SESSION),
                    TrustPolicy.parse(members.required("trust")),
                    Policies.read(members, PolicyDocument.Kind.ROLE),
                    PolicyReview.ofTrust(members.required("trust"))
                            .and(Policies.review(members, PolicyDocument.Kind.ROLE)),
                    authority,
                    signer(members, authority),
                    Texts.word(
                            members,
                            "sessionName",
                            Role.SessionNaming.SUBJECT,
                            Role.SessionNaming::of,
                            "subject or caller"),
                    members.optionalBoolean("sharedSubjects").orElse(false),
                    limits(members),
                    members.has(FACES) ? RoleFaces.read(members.required(FACES)) : RoleFaces.ALL);
        }

        /** An object without a limit is refused, because its author believes that there is one. */
        private static RoleLimits limits(Members role) throws InvalidDocumentException {
            if (!role.has("limits")) {
                return RoleLimits.NONE;
            }
            Members members = Members.of(role.required("limits"));
            RoleLimits limits = RoleLimits.read(members);
            if (limits.equals(RoleLimits.NONE)) {
                throw new InvalidDocumentException(
                        members.at(),
                        "this limits nothing; name sessionsPerMinute or signaturesPerMinute, or take it out");
            }
            return limits;
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
            return Texts.optional(members, "signer", IdSyntax::isRamName, "the name of a user of this account");
        }
    }

    /** Reads {@code accessKeys}. */
    static final class KeysReader {
        private static final int MAX_SECRET = 128;

        private KeysReader() {}

        static List<Manifest.ManifestKey> read(Members owner, int max) throws InvalidDocumentException {
            List<Manifest.ManifestKey> keys = new ArrayList<>();
            for (Value element : Texts.elements(owner, "accessKeys", max)) {
                Members members = Members.of(element);
                keys.add(key(members));
                members.done();
            }
            return keys;
        }

        private static Manifest.ManifestKey key(Members members) throws InvalidDocumentException {
            Optional<String> id = members.has("id") ? Optional.of(id(members)) : Optional.empty();
            Optional<Secret> secret = secret(members);
            if (id.isEmpty() && secret.isPresent()) {
                throw new InvalidDocumentException(
                        members.at(), "the secret has no access key id; add \"id\", or take the secret out");
            }
            KeyStatus status = Texts.word(
                    members,
                    "status",
                    KeyStatus.ACTIVE,
                    text -> KeyStatus.of(text).filter(KeysReader::mayBeGiven),
                    "Active or Inactive");
            return new Manifest.ManifestKey(members.at(), id, secret, status);
        }

        static String id(Members key) throws InvalidDocumentException {
            return Texts.required(
                    key,
                    "id",
                    IdSyntax::isAccessKeyId,
                    "an access key id: 2 to 128 of A-Z a-z 0-9 . _ - and not beginning with STS.");
        }

        static Secret requiredSecret(Members key) throws InvalidDocumentException {
            key.required("secret");
            return secret(key).orElseThrow();
        }

        /** A refusal never repeats the secret. */
        private static Optional<Secret> secret(Members members) throws InvalidDocumentException {
            Optional<String> text = Texts.optional(
                    members,
                    "secret",
                    KeysReader::isSecret,
                    "a secret: 1 to " + MAX_SECRET + " printable ASCII characters, no blank at either end");
            return text.map(Secret::of);
        }

        private static boolean isSecret(String text) {
            return !text.isEmpty()
                    && text.length() <= MAX_SECRET
                    && text.chars().allMatch(c -> c >= ' ' && c <= '~')
                    && !text.startsWith(" ")
                    && !text.endsWith(" ");
        }

        private static boolean mayBeGiven(KeyStatus status) {
            return switch (status) {
                case ACTIVE, INACTIVE -> true;
                case RETIRING, DELETED -> false;
            };
        }
    }

    /** Reads {@code policies}. Each is an object of the manifest, and its refusals name its place there. */
    static final class Policies {
        private static final int MAX = 50;

        private Policies() {}

        static List<PolicyDocument> read(Members members, PolicyDocument.Kind kind) throws InvalidDocumentException {
            List<PolicyDocument> policies = new ArrayList<>();
            for (Value policy : Texts.elements(members, "policies", MAX)) {
                policies.add(PolicyDocument.parse(policy, kind));
            }
            return policies;
        }

        /** Returns the findings about the policies. */
        static PolicyReview review(Members members, PolicyDocument.Kind kind) throws InvalidDocumentException {
            PolicyReview review = PolicyReview.NOTHING;
            for (Value policy : Texts.elements(members, "policies", MAX)) {
                review = review.and(PolicyReview.of(policy, kind));
            }
            return review;
        }
    }

    /** Durations in the manifest: ISO 8601 in days and times, {@code P90D}, {@code PT1H}. */
    static final class Durations {
        private Durations() {}

        static Duration read(Members members, String name, Duration otherwise, Duration min, Duration max)
                throws InvalidDocumentException {
            return members.has(name) ? read(members.required(name), min, max) : otherwise;
        }

        private static Duration read(Value value, Duration min, Duration max) throws InvalidDocumentException {
            String text = Members.string(value);
            try {
                Duration duration = Duration.parse(text);
                if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0 && duration.toNanosPart() == 0) {
                    return duration;
                }
            } catch (DateTimeException | ArithmeticException e) {
                // Refused below, like a duration out of bounds.
            }
            throw new InvalidDocumentException(
                    value.at(),
                    "expected a duration such as P90D or PT1H, in whole seconds, from " + min + " to " + max);
        }
    }
}
