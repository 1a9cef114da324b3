package io.countersign.registry.manifest;

import io.countersign.oss.BaseDomains;
import java.util.Set;

/**
 * How a manifest is applied.
 *
 * @param prune whether what it no longer names is removed, and not only reported
 * @param replaced ids of {@link UnshownKeys} that are deleted, and others made in their place
 * @param caps what the overlap of a rotation is measured by
 * @param eventId what the audit records of this apply go by
 * @param bases the domains under which buckets are served: none is bound to a bucket
 */
public record ApplyOptions(boolean prune, Set<String> replaced, SigningCaps caps, String eventId, BaseDomains bases) {
    public ApplyOptions {
        replaced = Set.copyOf(replaced);
    }

    /** Measured by what is usual. */
    public static ApplyOptions of(boolean prune) {
        return new ApplyOptions(prune, Set.of(), SigningCaps.DEFAULT, "apply", BaseDomains.DEFAULT);
    }
}
