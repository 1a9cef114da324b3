package io.countersign.registry.manifest;

import io.countersign.oss.BaseDomains;

/**
 * How a manifest is applied.
 *
 * @param prune whether what it no longer names is removed, and not only reported
 * @param caps what the overlap of a rotation is measured by
 * @param eventId what the audit records of this apply go by
 * @param bases the domains under which buckets are served: none is bound to a bucket
 */
public record ApplyOptions(boolean prune, SigningCaps caps, String eventId, BaseDomains bases) {
    /** Measured by what is usual. */
    public static ApplyOptions of(boolean prune) {
        return new ApplyOptions(prune, SigningCaps.DEFAULT, "apply", BaseDomains.DEFAULT);
    }
}
