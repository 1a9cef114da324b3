package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The domains under which buckets live. Where several fit a host, the one that leaves the shortest bucket name is meant. */
public final class BaseDomains {
    /** OSS's own, of every kind. */
    public static final BaseDomains DEFAULT = of(List.of(AlibabaCloudHosts.PATTERN));

    private final List<HostPattern> domains;

    private BaseDomains(List<HostPattern> domains) {
        this.domains = List.copyOf(domains);
    }

    /**
     * Domains by pattern: {@code oss-*.example.com}, where {@code *} is the region, an {@code -internal} at its end not counted; or
     * {@code oss.example.com}, which names no region. {@code oss-*.aliyuncs.com} stands for all hosts that OSS has.
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

    /** Whether a host is one of these, a bucket under one, or known to be another service's: then no bucket can be bound to it. */
    public boolean covers(String host) {
        try {
            return match(host).isPresent();
        } catch (OssRefusal otherService) {
            return true;
        }
    }

    /** @throws OssRefusal OTHER_ENDPOINT for a host that is known to be another service's */
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
