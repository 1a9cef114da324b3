package io.countersign.oss;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Region ids as in V4 credentials ({@code cn-hangzhou}), and their names in hosts. */
public final class RegionId {
    private static final String INTERNAL = "-internal";
    private static final String PUBLIC = "oss-{region}.aliyuncs.com";
    private static final String PUBLIC_INTERNAL = "oss-{region}-internal.aliyuncs.com";
    private static final String DUAL_STACK = "{region}.oss.aliyuncs.com";

    private RegionId() {}

    /**
     * Returns the region id for its name in a host: {@code cn-hangzhou} for {@code cn-hangzhou-internal}, {@code
     * cn-shanghai-finance-1} for {@code cn-shanghai-finance-1-pub}, {@code cn-hangzhou-finance} for {@code
     * cn-hzfinance}. A region id is returned unchanged.
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
     * Returns an endpoint with {@code {region}} filled in, so that it names an existing host: Alibaba Cloud's public
     * and dual-stack endpoints in the finance cloud have special names.
     *
     * @param template any text that may contain {@code {region}}
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

    /**
     * The regions whose name in hosts differs from their id (page "Regions and endpoints", tables of the finance
     * cloud).
     */
    enum FinanceCloud {
        HANGZHOU("cn-hangzhou-finance", "cn-hzfinance", "cn-hangzhou-finance", "cn-hzjbp", "cn-hzjbp-a", "cn-hzjbp-b"),
        SHANGHAI("cn-shanghai-finance-1", "cn-shanghai-finance-1-pub", "cn-shanghai-finance"),
        SHENZHEN("cn-shenzhen-finance-1", "cn-szfinance", "cn-shenzhen-finance", "cn-shenzhen-finance-1-pub"),
        BEIJING("cn-beijing-finance-1", "cn-beijing-finance-1-pub", "cn-beijing-finance");

        private static final Map<String, FinanceCloud> BY_HOST_NAME = byHostName();

        private final String id;
        private final String inPublicHosts;
        private final String inDualStackHosts;
        private final List<String> elsewhere;

        FinanceCloud(String id, String inPublicHosts, String inDualStackHosts, String... elsewhere) {
            this.id = id;
            this.inPublicHosts = inPublicHosts;
            this.inDualStackHosts = inDualStackHosts;
            this.elsewhere = List.of(elsewhere);
        }

        private static Map<String, FinanceCloud> byHostName() {
            Map<String, FinanceCloud> regions = new HashMap<>();
            for (FinanceCloud region : values()) {
                regions.put(region.inPublicHosts, region);
                regions.put(region.inDualStackHosts, region);
                region.elsewhere.forEach(name -> regions.put(name, region));
            }
            return Map.copyOf(regions);
        }

        /** Finds a region by its name in hosts, where that differs from its id. */
        static Optional<FinanceCloud> ofHost(String name) {
            return Optional.ofNullable(BY_HOST_NAME.get(name));
        }

        static Optional<FinanceCloud> ofId(String id) {
            return Arrays.stream(values())
                    .filter(region -> region.id.equals(id))
                    .findFirst();
        }

        String id() {
            return id;
        }

        String inPublicHosts() {
            return inPublicHosts;
        }

        String inDualStackHosts() {
            return inDualStackHosts;
        }
    }
}
