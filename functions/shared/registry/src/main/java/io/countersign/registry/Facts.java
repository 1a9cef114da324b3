package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.oss.Target;
import io.countersign.policy.Principal;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the registry knows about one request.
 *
 * @param identity empty when the id is unknown, deleted, or none was asked for
 * @param buckets by name; an unknown one is left out
 * @param objectAcl empty when the object has none of its own: the bucket's decides
 */
public record Facts(Optional<Identity> identity, Map<String, Bucket> buckets, Optional<Acl> objectAcl) {
    public Facts {
        buckets = Map.copyOf(buckets);
    }

    public Optional<Bucket> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    /**
     * What a request needs to know.
     *
     * @param accessKeyId as the request presents it; one that no key can have is simply unknown
     * @param buckets the request's, and the sources of copies
     * @param object the object whose ACL matters
     */
    public record FactsQuery(Optional<String> accessKeyId, Set<String> buckets, Optional<Target.ObjectKey> object) {
        public FactsQuery {
            buckets = Set.copyOf(buckets);
        }
    }

    /**
     * Who stands behind an access key id.
     *
     * @param key Active, Retiring or Inactive: whether it may be used is {@link KeyStatus#verifies()}
     * @param principal the account, or the user with its policies
     */
    public record Identity(AccessKeyRecord key, Principal principal) {}

    /**
     * An access key as readers see it, its secret opened. A deleted key is never seen.
     *
     * @param signsFrom signing waits until this moment while an older Active key of the owner can sign: until then some reader may not know the key
     * @param version changes whenever the record does
     */
    public record AccessKeyRecord(
            String id,
            Owner owner,
            KeyStatus status,
            StoredKey.KeyOrigin origin,
            Secret secret,
            Instant createdAt,
            Instant signsFrom,
            long version) {
        public AccessKey accessKey() {
            return new AccessKey(id, secret);
        }
    }

    /**
     * Who signs for a bucket or a role.
     *
     * @param key the user's key that signs now
     * @param user with the policies that bound what its signatures are good for
     */
    public record Signer(AccessKey key, Principal.RamUser user) {}
}
