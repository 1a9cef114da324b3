package io.countersign.policy;

import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * What a right is needed on, in the terms of {@code acs:service:region:owner:path}.
 *
 * @param service {@code oss} or {@code ram}
 * @param path {@code *} for the service, {@code bucket}, {@code bucket/key}, or how the paths begin; {@code role/name} in RAM
 * @param span which paths are meant
 */
record ResourceName(String service, String region, String owner, String path, Span span) {
    static final String OSS = "oss";

    static final String RAM = "ram";
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
            case Target target -> new ResourceName(OSS, region, owner, target.path(), Span.ONE);
            case Scope.ObjectPrefix prefix ->
                new ResourceName(
                        OSS, region, owner, prefix.stem(), prefix.prefix().isEmpty() ? Span.LONGER : Span.PREFIX);
            case Scope.AccountObjects objects -> new ResourceName(OSS, region, owner, "", Span.LONGER);
        };
    }

    /** Something in RAM, which has no regions: its resources are written with {@code *} there, or with nothing. */
    static ResourceName ofRam(String owner, String path) {
        return new ResourceName(RAM, "*", owner, path, Span.ONE);
    }

    /** Whether no region of Alibaba Cloud is called so: their ids are words with hyphens between them, and those of hosts inside a region are none. */
    static boolean isNoRegion(String name) {
        String id = name.startsWith(REGION_PREFIX) ? name.substring(REGION_PREFIX.length()) : name;
        return id.indexOf('-') <= 0 || id.startsWith(REGION_PREFIX) || id.endsWith("-internal");
    }

    /** The region as it may be spelled besides: in OSS as endpoints do, {@code oss-cn-hangzhou}; in RAM left out. */
    String otherRegion() {
        return service.equals(OSS) ? REGION_PREFIX + region : "";
    }
}
