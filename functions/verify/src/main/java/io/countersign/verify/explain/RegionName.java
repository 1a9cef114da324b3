package io.countersign.verify.explain;

/** What users often write for a region, brought to what they mean: for advice and diagnosis, never for a decision. */
public final class RegionName {
    private static final String PREFIX = "oss-";
    private static final String SUFFIX = "-internal";

    private RegionName() {}

    /** {@code cn-hangzhou} for {@code oss-cn-hangzhou} and {@code oss-cn-hangzhou-internal}. */
    public static String plain(String region) {
        String name = region.startsWith(PREFIX) ? region.substring(PREFIX.length()) : region;
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
