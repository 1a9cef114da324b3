package io.countersign.oss;

import java.util.Optional;

/** Hosts under which buckets live, and how they name a bucket and a region. */
sealed interface HostPattern permits AlibabaCloudHosts, BaseDomain {
    /**
     * How this pattern reads a host: which part before it names a bucket, and the region. Empty when the host does not lie under it.
     *
     * @throws OssRefusal OTHER_ENDPOINT for a host that is known to be another service's
     */
    Optional<BaseDomain.HostMatch> match(String host) throws OssRefusal;
}
