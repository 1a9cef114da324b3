package io.countersign.upstream;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;

/**
 * Rebuilds what was judged, translates it and signs it anew. Nothing of the client's text goes on: neither its signature
 * and token, nor a parameter or header that the table does not name.
 */
public final class UpstreamRequests {
    private final KeyRegistry registry;
    private final SigningKeys signingKeys;

    /** @param signingKeys shared with everything else that signs or verifies with the registry's keys */
    public UpstreamRequests(KeyRegistry registry, SigningKeys signingKeys) {
        this.registry = registry;
        this.signingKeys = signingKeys;
    }

    /**
     * Returns the request to send.
     *
     * @param judged its bucket has an upstream, and the store answers its operation ({@link Answerer.Store})
     * @throws OssRefusal NotImplemented or InvalidArgument, before anything is sent
     * @throws StoreUnavailable when the registry cannot be read, or has no key that signs for the bucket
     */
    public UpstreamRequest prepare(JudgedRequest judged, Instant now) throws OssRefusal, StoreUnavailable {
        throw new OssRefusal(OssError.NOT_IMPLEMENTED);
    }
}
