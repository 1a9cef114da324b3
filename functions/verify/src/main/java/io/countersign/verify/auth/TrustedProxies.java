package io.countersign.verify.auth;

import io.countersign.policy.IpAddress;
import io.countersign.policy.IpRange;
import java.util.ArrayList;
import java.util.List;

/** The addresses whose word on who the client is counts. */
public record TrustedProxies(List<IpRange> ranges) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /**
     * @param texts addresses and CIDR blocks
     * @throws IllegalArgumentException for a text that is neither, or has bits set behind its prefix
     */
    public static TrustedProxies of(List<String> texts) {
        List<IpRange> ranges = new ArrayList<>(texts.size());
        for (String text : texts) {
            ranges.add(IpRange.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected IP addresses, or CIDR blocks without bits behind their prefix, as 10.0.0.0/8")));
        }
        return new TrustedProxies(ranges);
    }

    /** @param address a literal address; any other text is nobody's */
    boolean contains(String address) {
        return IpAddress.parse(address)
                .filter(parsed -> ranges.stream().anyMatch(range -> range.contains(parsed)))
                .isPresent();
    }
}
