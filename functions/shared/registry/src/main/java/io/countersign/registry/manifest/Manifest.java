package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.oss.Acl;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyReview;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Authority;
import io.countersign.registry.Bucket;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.RamUser;
import io.countersign.registry.Role;
import io.countersign.signing.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a registry should hold. Checked in itself: every member is known and well formed, names stand once where they must, a bucket's signer
 * and a provider's default role exist beside them. Whether it fits a registry is found when it is applied.
 */
public record Manifest(List<ManifestAccount> accounts) {
    /** Characters of a manifest at most. */
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    public Manifest {
        accounts = List.copyOf(accounts);
    }

    /**
     * Reads a manifest in YAML; JSON is YAML. Anchors, aliases and tags are refused, so that the text is as long as what it says.
     *
     * @throws InvalidDocumentException naming the line and the member of the first thing that is wrong
     */
    public static Manifest parse(String text) throws InvalidDocumentException {
        Manifest manifest = ManifestReader.read(YamlText.value(text));
        ManifestCheck.check(manifest);
        return manifest;
    }

    /** An account and all that it holds. */
    public record ManifestAccount(
            Value.Location at,
            String id,
            List<ManifestKey> accessKeys,
            List<ManifestUser> users,
            List<ManifestRole> roles,
            List<ManifestProvider> providers,
            List<ManifestBucket> buckets) {
        public ManifestAccount {
            accessKeys = List.copyOf(accessKeys);
            users = List.copyOf(users);
            roles = List.copyOf(roles);
            providers = List.copyOf(providers);
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * A RAM user.
     *
     * @param uid the number that bucket policies know the user by
     * @param review of its policies
     */
    public record ManifestUser(
            Value.Location at,
            String name,
            Optional<String> uid,
            List<ManifestKey> accessKeys,
            List<PolicyDocument> policies,
            PolicyReview review,
            RamUser.RotationRule rotation,
            Authority authority) {
        public ManifestUser {
            accessKeys = List.copyOf(accessKeys);
            policies = List.copyOf(policies);
        }
    }

    /**
     * A RAM role; its id is given when it is applied.
     *
     * @param review of its trust and of its policies
     * @param sharedSubjects whether one {@code sub} is one person, whichever of the role's providers vouches for it
     */
    public record ManifestRole(
            Value.Location at,
            String name,
            Duration maxSessionDuration,
            TrustPolicy trust,
            List<PolicyDocument> policies,
            PolicyReview review,
            Authority authority,
            Optional<String> signer,
            Role.SessionNaming naming,
            boolean sharedSubjects) {
        public ManifestRole {
            policies = List.copyOf(policies);
        }
    }

    /** An OIDC provider. */
    public record ManifestProvider(Value.Location at, OidcProvider record) {}

    /**
     * A bucket.
     *
     * @param review of its policy
     * @param objectAcls by object key
     */
    public record ManifestBucket(Value.Location at, Bucket record, PolicyReview review, Map<String, Acl> objectAcls) {
        public ManifestBucket {
            objectAcls = Collections.unmodifiableMap(new LinkedHashMap<>(objectAcls));
        }
    }

    /**
     * An access key that its owner should have.
     *
     * @param id empty: any key made by apply will do
     * @param secret empty: made by apply
     * @param status Active or Inactive
     */
    public record ManifestKey(Value.Location at, Optional<String> id, Optional<Secret> secret, KeyStatus status) {}
}
