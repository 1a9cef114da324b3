package io.countersign.verify.forwardauth;

import io.countersign.identity.TrustedProxies;
import io.countersign.oss.BaseDomains;

/**
 * How a deployment runs {@code /auth}.
 *
 * @param family the headers that name the client's request
 * @param keys what stands behind the proxy
 * @param trustedProxies who may say here what address a client has and whether it came over TLS: those of all faces, and this one's own
 * @param sourceVpc whether those also say which VPC a client came through
 * @param bases the domains under which buckets live
 */
public record AuthSettings(
        HeaderFamily family, KeyRule keys, TrustedProxies trustedProxies, VpcRule sourceVpc, BaseDomains bases) {
    /** nginx before files, no proxy believed about addresses, OSS's own domains. */
    public static final AuthSettings DEFAULT =
            new AuthSettings(HeaderFamily.NGINX, KeyRule.FILE, TrustedProxies.NONE, VpcRule.NONE, BaseDomains.DEFAULT);
}
