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
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleLimits;
import io.countersign.registry.Upload;
import io.countersign.signing.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wanted content of a registry. It is valid in itself: every member is known and well-formed, names are unique
 * where they must be, and the signers of buckets and the default roles of providers exist. Applying it checks that it
 * fits a registry.
 */
public record Manifest(List<ManifestAccount> accounts) {
    /** The largest number of characters of a manifest. */
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    public Manifest {
        accounts = List.copyOf(accounts);
    }

    /**
     * Parses a manifest in YAML, of which JSON is a part. Anchors, aliases and tags are refused, so that the content
     * cannot be larger than the text.
     *
     * @throws InvalidDocumentException naming the line and the member of the first error
     */
    public static Manifest parse(String text) throws InvalidDocumentException {
        Manifest manifest = ManifestReader.read(YamlText.value(text));
        ManifestCheck.check(manifest);
        return manifest;
    }

    /** An account with its contents. */
    public record ManifestAccount(
            Value.Location at,
            String id,
            List<ManifestKey> accessKeys,
            List<ManifestUser> users,
            List<ManifestRole> roles,
            List<ManifestProvider> providers,
            List<ManifestBucket> buckets,
            List<ManifestUpload> uploads) {
        public ManifestAccount {
            accessKeys = List.copyOf(accessKeys);
            users = List.copyOf(users);
            roles = List.copyOf(roles);
            providers = List.copyOf(providers);
            buckets = List.copyOf(buckets);
            uploads = List.copyOf(uploads);
        }
    }

    /**
     * A RAM user.
     *
     * @param uid the number by which bucket policies name the user
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
     * A RAM role. Its id is generated when it is applied.
     *
     * @param review of its trust policy and of its policies
     * @param sharedSubjects whether one {@code sub} identifies the same person at all providers that the role trusts
     * @param limits how much each subject gets in a minute
     * @param faces that may make sessions of the role or sign for its callers
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
            boolean sharedSubjects,
            RoleLimits limits,
            RoleFaces faces) {
        public ManifestRole {
            policies = List.copyOf(policies);
        }
    }

    /** An OIDC provider. */
    public record ManifestProvider(Value.Location at, OidcProvider record) {}

    /**
     * A bucket.
     *
     * @param upstreamSecret of the store's own key, where one signs for the store behind
     * @param review of its policy
     * @param objectAcls by object key
     */
    public record ManifestBucket(
            Value.Location at,
            Bucket record,
            Optional<Secret> upstreamSecret,
            PolicyReview review,
            Map<String, Acl> objectAcls) {
        public ManifestBucket {
            objectAcls = Collections.unmodifiableMap(new LinkedHashMap<>(objectAcls));
        }
    }

    /** An upload that the account describes. */
    public record ManifestUpload(Value.Location at, Upload record) {}

    /**
     * An access key of an owner.
     *
     * @param id empty to match any key that apply generated
     * @param secret empty to have one generated
     * @param status Active or Inactive
     */
    public record ManifestKey(Value.Location at, Optional<String> id, Optional<Secret> secret, KeyStatus status) {}
}
