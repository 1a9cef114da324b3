package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The domains under which buckets live. Where several fit a host, the one that leaves the shortest bucket name is meant. */
public final class BaseDomains {
    /** OSS's own: {@code oss-cn-hangzhou.aliyuncs.com}, {@code oss-cn-hangzhou-internal.aliyuncs.com} and their like. */
    public static final BaseDomains DEFAULT = of(List.of("oss-*.aliyuncs.com"));

    private final List<BaseDomain> domains;

    private BaseDomains(List<BaseDomain> domains) {
        this.domains = List.copyOf(domains);
    }

    /**
     * Domains by pattern: {@code oss-*.example.com}, where {@code *} is the region, an {@code -internal} at its end not counted; or
     * {@code oss.example.com}, which names no region.
     *
     * @throws IllegalArgumentException when a pattern is not a domain with at most one {@code *}, in its first label
     */
    public static BaseDomains of(List<String> patterns) {
        List<BaseDomain> domains = new ArrayList<>();
        for (String pattern : patterns) {
            domains.add(BaseDomain.parse(pattern));
        }
        return new BaseDomains(domains);
    }

    Optional<HostMatch> match(String host) {
        Optional<HostMatch> best = Optional.empty();
        for (BaseDomain domain : domains) {
            Optional<HostMatch> match = domain.match(host);
            if (match.isPresent()
                    && (best.isEmpty()
                            || match.get().bucket().length()
                                    < best.get().bucket().length())) {
                best = match;
            }
        }
        return best;
    }
}
