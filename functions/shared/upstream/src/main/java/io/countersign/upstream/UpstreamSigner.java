package io.countersign.upstream;

import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Upstream;
import io.countersign.signing.AccessKey;
import java.time.Instant;

/** Signs a request in the way that a store checks. */
public interface UpstreamSigner {
    /**
     * Returns the headers to send: those of the request, its date, its payload's hash and Authorization. The signature
     * covers all of them and Host, so that nobody on the way can add to what was judged.
     *
     * @throws OssRefusal InvalidArgument for a header that no signature can cover
     */
    Headers sign(Translated request, Upstream upstream, AccessKey key, Instant now) throws OssRefusal;
}
