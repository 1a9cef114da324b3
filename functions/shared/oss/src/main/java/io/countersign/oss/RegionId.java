package io.countersign.oss;

/** The ids of regions, as V4 credentials name them ({@code cn-hangzhou}), and what hosts call them. */
public final class RegionId {
    private static final String INTERNAL = "-internal";
    private static final String PUBLIC = "oss-{region}.aliyuncs.com";
    private static final String PUBLIC_INTERNAL = "oss-{region}-internal.aliyuncs.com";
    private static final String DUAL_STACK = "{region}.oss.aliyuncs.com";

    private RegionId() {}

    /**
     * The id of the region that a host calls so: {@code cn-hangzhou} for {@code cn-hangzhou-internal}, {@code cn-shanghai-finance-1} for
     * {@code cn-shanghai-finance-1-pub}, {@code cn-hangzhou-finance} for {@code cn-hzfinance}. A name that is an id already stays.
     */
    public static String ofHost(String name) {
        String region = withoutInternal(name);
        return FinanceCloud.ofHost(region).map(FinanceCloud::id).orElse(region);
    }

    /** {@code cn-hangzhou} for {@code cn-hangzhou-internal}. */
    static String withoutInternal(String name) {
        return name.endsWith(INTERNAL) ? name.substring(0, name.length() - INTERNAL.length()) : name;
    }

    /**
     * An endpoint with {@code {region}} filled in, so that it names a host that exists: Alibaba Cloud's public and dual-stack endpoints in the finance cloud have names of their own.
     *
     * @param template any text; {@code {region}} may stand in it
     */
    public static String fill(String template, String region) {
        return template.replace("{region}", inHosts(template, region));
    }

    private static String inHosts(String template, String region) {
        if (template.contains(PUBLIC) || template.contains(PUBLIC_INTERNAL)) {
            return FinanceCloud.ofId(region).map(FinanceCloud::inPublicHosts).orElse(region);
        }
        if (template.contains(DUAL_STACK)) {
            return FinanceCloud.ofId(region).map(FinanceCloud::inDualStackHosts).orElse(region);
        }
        return region;
    }
}
