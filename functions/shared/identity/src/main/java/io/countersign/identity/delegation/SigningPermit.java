package io.countersign.identity.delegation;

import io.countersign.identity.Caller;
import io.countersign.policy.Principal;
import io.countersign.registry.Bucket;
import io.countersign.signing.AccessKey;
import java.util.Optional;

/**
 * A request that a caller may have signed. It does not give the key: {@link SigningAuthority#grant} does, which counts the signature against the limits of the caller's role.
 */
public final class SigningPermit {
    private final Caller caller;
    private final Bucket bucket;
    private final AccessKey key;
    private final Principal.RamUser user;
    private final Optional<String> rule;

    /**
     * @param key of the signer of that bucket
     * @param user the owner of the key
     * @param rule that allowed the request
     */
    SigningPermit(Caller caller, Bucket bucket, AccessKey key, Principal.RamUser user, Optional<String> rule) {
        this.caller = caller;
        this.bucket = bucket;
        this.key = key;
        this.user = user;
        this.rule = rule;
    }

    SigningPermit by(Optional<String> decided) {
        return new SigningPermit(caller, bucket, key, user, decided);
    }

    Caller caller() {
        return caller;
    }

    AccessKey key() {
        return key;
    }

    /** The owner of the key. */
    Principal.RamUser user() {
        return user;
    }

    /** The bucket of the request. */
    public Bucket bucket() {
        return bucket;
    }

    /** The id of the key that will sign, which is public. */
    public String signerId() {
        return key.id();
    }

    /** The rule that allowed the request. */
    public Optional<String> decidedBy() {
        return rule;
    }
}
