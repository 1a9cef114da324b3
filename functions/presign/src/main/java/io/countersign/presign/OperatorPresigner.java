package io.countersign.presign;

import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Presigns one URL for an operator. The table of signable requests, the longest expiry, the buckets' oldest versions and the keys that their stores keep apply as for other callers. No policy is evaluated, because an operator with
 * the registry and its root key can read every secret.
 */
public final class OperatorPresigner {
    private final KeyRegistry registry;
    private final PresignRequestReader reader;
    private final Presigner presigner;

    /** @param random for the values of URLs that are good once */
    public OperatorPresigner(KeyRegistry registry, PresignSettings settings, RandomGenerator random) {
        this.registry = registry;
        this.reader = new PresignRequestReader(settings);
        this.presigner = new Presigner(new SigningKeys(1), settings, random);
    }

    /**
     * Presigns one request.
     *
     * @param members of one request of {@code POST /presign}
     * @param bucket the request's bucket
     * @param key the access key that signs
     * @throws InvalidDocumentException when {@code /presign} would refuse a member
     * @throws SigningRefusal when the table does not contain the request, a bucket of it does not accept it, or no URL can be built for it
     */
    public PresignedUrl presign(Members members, Bucket bucket, AccessKey key, Instant now)
            throws InvalidDocumentException, SigningRefusal, StoreUnavailable {
        PresignRequestReader.PresignRequest request = reader.read(members);
        members.done();
        SignableRequest signable = presigner.admit(request);
        BucketAcceptance.require(
                request.version(),
                signable.named(),
                registry.load(new Facts.Query(Optional.empty(), signable.buckets(), Optional.empty()), now),
                now);
        return presigner.sign(request, bucket, key, Optional.empty(), now);
    }
}
