package io.countersign.registry.manifest;

import io.countersign.oss.BaseDomains;
import java.time.Duration;
import java.util.Set;

/**
 * The options of an apply.
 *
 * @param prune whether records that the manifest no longer names are removed, and not only reported
 * @param replaced ids of {@link UnshownKeys} that are deleted and replaced by new keys
 * @param caps the lifetimes that the overlap of a rotation is checked against
 * @param eventId the event id of this apply in the audit records
 * @param bases the domains under which buckets are served; none of their hosts can be a bucket's custom domain
 * @param upstreams where the stores behind buckets may be
 */
public record ApplyOptions(
        boolean prune,
        Set<String> replaced,
        SigningCaps caps,
        String eventId,
        BaseDomains bases,
        UpstreamRule upstreams) {
    public ApplyOptions {
        replaced = Set.copyOf(replaced);
    }

    /** Returns the options with default caps. */
    public static ApplyOptions of(boolean prune) {
        return new ApplyOptions(
                prune, Set.of(), SigningCaps.DEFAULT, "apply", BaseDomains.DEFAULT, UpstreamRule.DEFAULT);
    }

    /**
     * The longest lifetimes of signatures, and the cache bound of readers. Together they determine how long a retired
     * key must still verify.
     *
     * @param presign the longest life of a presigned URL
     * @param postPolicy the longest life of a POST policy
     * @param signContent the longest life of a self-signed request
     * @param cacheBound how long a reader may be unaware of a change
     */
    public record SigningCaps(Duration presign, Duration postPolicy, Duration signContent, Duration cacheBound) {
        /** The default bounds of the functions. A presigned V4 URL lives 7 days at most (docs/protocol.md 3). */
        public static final SigningCaps DEFAULT =
                new SigningCaps(Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(7), Duration.ofSeconds(5));

        private static final Duration SKEW = Duration.ofMinutes(15);

        /**
         * Returns the shortest overlap after which no signature of a retired key is valid, and nothing that lasts as
         * long as this: a session, or what was signed for an upload.
         */
        public Duration overlap(Duration longestUse) {
            Duration longest = presign;
            for (Duration cap : new Duration[] {postPolicy, signContent, longestUse}) {
                longest = cap.compareTo(longest) > 0 ? cap : longest;
            }
            return longest.plus(cacheBound).plus(SKEW);
        }
    }
}
