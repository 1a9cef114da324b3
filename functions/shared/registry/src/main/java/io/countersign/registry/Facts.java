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
 * The records that decide one request.
 *
 * @param identity empty when the id is unknown or deleted, or the query had none
 * @param buckets by name, without those that are unknown
 * @param objectAcl empty when the object has no ACL of its own; the bucket's ACL then decides
 */
public record Facts(Optional<Identity> identity, Map<String, Bucket> buckets, Optional<Acl> objectAcl) {
    public Facts {
        buckets = Map.copyOf(buckets);
    }

    public Optional<Bucket> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    /**
     * The names under which a request's records are looked up.
     *
     * @param accessKeyId as the request presents it; an id of an impossible form is unknown
     * @param buckets the request's bucket and the buckets of its copy sources
     * @param object the object whose ACL is needed
     */
    public record Query(Optional<String> accessKeyId, Set<String> buckets, Optional<Target.ObjectKey> object) {
        public Query {
            buckets = Set.copyOf(buckets);
        }
    }

    /**
     * The owner of an access key.
     *
     * @param key Active, Retiring or Inactive; {@link KeyStatus#verifies()} says whether it may be used
     * @param principal the account, or the user with its policies
     */
    public record Identity(AccessKeyRecord key, Principal principal) {}

    /**
     * An access key as readers see it, with its secret opened. Readers never see a deleted key.
     *
     * @param signsFrom the key does not sign before this moment while an older Active key of the owner can sign,
     *     because some readers may not know it yet
     * @param version changes with every change of the record
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
     * The signer of a bucket or a role.
     *
     * @param key the user's key that signs now
     * @param user with the policies that limit what its signatures are good for
     */
    public record Signer(AccessKey key, Principal.RamUser user) {}
}
