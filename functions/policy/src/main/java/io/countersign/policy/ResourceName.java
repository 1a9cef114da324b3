package io.countersign.policy;

import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * What a right is needed on, in the terms of {@code acs:oss:region:owner:path}.
 *
 * @param path {@code *} for the service, {@code bucket}, {@code bucket/key}, or how the paths begin
 * @param span which paths are meant
 */
record ResourceName(String region, String owner, String path, Span span) {
    /** OSS's own documents write the region both ways. */
    private static final String REGION_PREFIX = "oss-";

    enum Span {
        /** This path alone. */
        ONE,
        /** Every path that begins so. */
        PREFIX,
        /** Every path that begins so and goes on: the keys of a bucket are not empty. */
        LONGER;

        int rest() {
            return this == LONGER ? 1 : 0;
        }
    }

    static ResourceName of(NeededRight needed, Principal principal) {
        Optional<BucketFacts> facts = needed.bucket();
        String region = facts.isEmpty() ? "*" : facts.get().region();
        String owner = facts.isEmpty() ? principal.accountId() : facts.get().ownerAccountId();
        return switch (needed.right().scope()) {
            case Target target -> new ResourceName(region, owner, target.path(), Span.ONE);
            case Scope.ObjectPrefix prefix ->
                new ResourceName(region, owner, prefix.stem(), prefix.prefix().isEmpty() ? Span.LONGER : Span.PREFIX);
        };
    }

    /** The region as endpoints spell it, {@code oss-cn-hangzhou}. */
    String endpointRegion() {
        return REGION_PREFIX + region;
    }
}
