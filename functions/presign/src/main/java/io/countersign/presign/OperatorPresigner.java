package io.countersign.presign;

import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.registry.Bucket;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SigningKeys;
import java.time.Instant;

/**
 * Presigns one URL for an operator. What may be signed at all, and for how long, is as for everybody; no policy is asked, since whoever holds the registry and its
 * root key has every secret in it.
 */
public final class OperatorPresigner {
    private final PresignRequestReader reader;
    private final Presigner presigner;

    public OperatorPresigner(PresignSettings settings) {
        this.reader = new PresignRequestReader(settings);
        this.presigner = new Presigner(new SigningKeys(1), settings);
    }

    /**
     * @param wanted the members of one request of {@code POST /presign}
     * @param bucket the request's
     * @param key that the operator chose
     * @throws InvalidDocumentException when a member is not as {@code /presign} takes it
     * @throws SigningRefusal when the table does not have the request, or no URL can be made of it
     */
    public PresignedUrl presign(Members wanted, Bucket bucket, AccessKey key, Instant now)
            throws InvalidDocumentException, SigningRefusal {
        PresignRequestReader.PresignRequest request = reader.read(wanted);
        wanted.done();
        presigner.admit(request);
        return presigner.sign(request, bucket, key, now);
    }
}
