package io.countersign.oss;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The regions whose hosts have another name for them than their id (page "Regions and endpoints", tables of the finance cloud). */
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

    /** By what a host calls it, where that is not its id. */
    static Optional<FinanceCloud> ofHost(String name) {
        return Optional.ofNullable(BY_HOST_NAME.get(name));
    }

    static Optional<FinanceCloud> ofId(String id) {
        return Arrays.stream(values()).filter(region -> region.id.equals(id)).findFirst();
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
