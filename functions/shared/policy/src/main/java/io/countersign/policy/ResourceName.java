package io.countersign.policy;

import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * The resource of a right in the parts of {@code acs:service:region:owner:path}.
 *
 * @param service {@code oss} or {@code ram}
 * @param path {@code *} for the service, {@code bucket}, {@code bucket/key}, or the prefix of the paths; {@code
 *     role/name} in RAM
 * @param span the set of paths
 */
record ResourceName(String service, String region, String owner, String path, Span span) {
    static final String OSS = "oss";

    static final String RAM = "ram";
    /** OSS's own documents write the region with and without it. */
    private static final String REGION_PREFIX = "oss-";

    enum Span {
        /** Exactly this path. */
        ONE,
        /** Every path with this prefix. */
        PREFIX,
        /** Every longer path with this prefix: the keys of a bucket are not empty. */
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

    /** A resource of RAM, which has no regions: policies write {@code *} or nothing in its place. */
    static ResourceName ofRam(String owner, String path) {
        return new ResourceName(RAM, "*", owner, path, Span.ONE);
    }

    /**
     * Whether no region of Alibaba Cloud has this name. Region ids are words joined by hyphens, without the suffix of
     * internal hosts.
     */
    static boolean isNoRegion(String name) {
        String id = name.startsWith(REGION_PREFIX) ? name.substring(REGION_PREFIX.length()) : name;
        return id.indexOf('-') <= 0 || id.startsWith(REGION_PREFIX) || id.endsWith("-internal");
    }

    /** The other spelling of the region: {@code oss-cn-hangzhou} in OSS, empty in RAM. */
    String otherRegion() {
        return service.equals(OSS) ? REGION_PREFIX + region : "";
    }
}
