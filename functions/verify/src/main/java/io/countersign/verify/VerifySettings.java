package io.countersign.verify;

import io.countersign.oss.BaseDomains;

/**
 * How a deployment runs {@code POST /verify}.
 *
 * @param allowAt whether a request may name the moment it is judged at: whoever chooses it can revive an expired URL
 * @param bases the domains under which buckets live
 */
public record VerifySettings(boolean allowAt, BaseDomains bases) {
    /** The present moment only, and OSS's own domains. */
    public static final VerifySettings DEFAULT = new VerifySettings(false, BaseDomains.DEFAULT);
}
