package io.countersign.oss;

import java.util.Optional;

/** A pattern of hosts under which buckets are served, which finds the bucket and the region in a host. */
sealed interface HostPattern permits AlibabaCloudHosts, BaseDomain {
    /**
     * Returns the bucket and region in a host; empty when the host does not match.
     *
     * @throws OssRefusal OTHER_ENDPOINT for a known host of another service
     */
    Optional<BaseDomain.HostMatch> match(String host) throws OssRefusal;
}
