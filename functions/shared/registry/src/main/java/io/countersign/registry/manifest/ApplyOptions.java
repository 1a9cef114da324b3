package io.countersign.registry.manifest;

import io.countersign.oss.BaseDomains;
import java.time.Duration;
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

    /**
     * How long what is signed may be good, and how long readers remember: together they say how long a retired key must still verify.
     *
     * @param presign the longest life of a presigned URL
     * @param postPolicy the longest life of a POST policy
     * @param signContent the longest life of a self-signed request
     * @param cacheBound how long a reader may not know of a change
     */
    public record SigningCaps(Duration presign, Duration postPolicy, Duration signContent, Duration cacheBound) {
        /** The bounds of the functions as they come; a presigned V4 URL lives 7 days at most (protocol.md 3). */
        public static final SigningCaps DEFAULT =
                new SigningCaps(Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(7), Duration.ofSeconds(5));

        private static final Duration SKEW = Duration.ofMinutes(15);

        /** The shortest overlap that cuts nothing off, with sessions of this length. */
        public Duration overlap(Duration longestSession) {
            Duration longest = presign;
            for (Duration cap : new Duration[] {postPolicy, signContent, longestSession}) {
                longest = cap.compareTo(longest) > 0 ? cap : longest;
            }
            return longest.plus(cacheBound).plus(SKEW);
        }
    }
}
