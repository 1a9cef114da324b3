package io.countersign.verify.decide;

import io.countersign.oss.RegionId;

/** What users often write for a region, brought to what they mean: for advice and diagnosis, never for a decision. */
public final class RegionName {
    private static final String PREFIX = "oss-";

    private RegionName() {}

    /** {@code cn-hangzhou} for {@code oss-cn-hangzhou} and {@code oss-cn-hangzhou-internal}. */
    public static String plain(String region) {
        return RegionId.ofHost(region.startsWith(PREFIX) ? region.substring(PREFIX.length()) : region);
    }
}
