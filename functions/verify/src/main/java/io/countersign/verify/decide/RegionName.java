package io.countersign.verify.decide;

import io.countersign.oss.RegionId;

/** Normalizes common spellings of a region, for advice and diagnosis, never for a decision. */
public final class RegionName {
    private static final String PREFIX = "oss-";

    private RegionName() {}

    /** {@code cn-hangzhou} for {@code oss-cn-hangzhou} and {@code oss-cn-hangzhou-internal}. */
    public static String plain(String region) {
        return RegionId.ofHost(region.startsWith(PREFIX) ? region.substring(PREFIX.length()) : region);
    }
}
