package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The domains under which buckets are served. When several match a host, the one with the shortest bucket name
 * applies.
 */
public final class BaseDomains {
    /** All hosts of OSS. */
    public static final BaseDomains DEFAULT = of(List.of(AlibabaCloudHosts.PATTERN));

    private final List<HostPattern> domains;

    private BaseDomains(List<HostPattern> domains) {
        this.domains = List.copyOf(domains);
    }

    /**
     * Returns domains by pattern: {@code oss-*.example.com}, where {@code *} is the region without a trailing {@code
     * -internal}, or {@code oss.example.com}, which has no region. {@code oss-*.aliyuncs.com} represents all hosts of
     * OSS.
     *
     * @throws IllegalArgumentException when a pattern is not a domain with at most one {@code *}, in its first label
     */
    public static BaseDomains of(List<String> patterns) {
        List<HostPattern> domains = new ArrayList<>();
        for (String pattern : patterns) {
            domains.add(
                    AsciiCase.lower(pattern).equals(AlibabaCloudHosts.PATTERN)
                            ? new AlibabaCloudHosts()
                            : BaseDomain.parse(pattern));
        }
        return new BaseDomains(domains);
    }

    /**
     * Whether a host is a base domain, a bucket under one, or a known host of another service. No bucket can be bound
     * to such a host.
     */
    public boolean covers(String host) {
        try {
            return match(host).isPresent();
        } catch (OssRefusal otherService) {
            return true;
        }
    }

    /** @throws OssRefusal OTHER_ENDPOINT for a known host of another service */
    Optional<BaseDomain.HostMatch> match(String host) throws OssRefusal {
        Optional<BaseDomain.HostMatch> best = Optional.empty();
        for (HostPattern domain : domains) {
            Optional<BaseDomain.HostMatch> match = domain.match(host);
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
