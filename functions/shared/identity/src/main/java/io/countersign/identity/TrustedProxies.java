package io.countersign.identity;

import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.oss.OuterSpace;
import io.countersign.policy.IpAddress;
import io.countersign.policy.IpRange;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The addresses whose word on who the client is counts, and the one place where every face finds its client. */
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

    /**
     * Those that this setting lists.
     *
     * @throws InvalidSettingException when it lists something else
     */
    public static TrustedProxies of(PropertyValues values, Property property) throws InvalidSettingException {
        try {
            return of(values.list(property));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(property.key(), String.valueOf(e.getMessage()));
        }
    }

    /** These and the others. */
    public TrustedProxies and(TrustedProxies others) {
        List<IpRange> all = new ArrayList<>(ranges);
        all.addAll(others.ranges);
        return new TrustedProxies(all);
    }

    /** Whether it is one of them; a text that is no literal address is nobody's. */
    public boolean trust(String address) {
        return !ranges.isEmpty()
                && IpAddress.parse(address)
                        .filter(parsed -> ranges.stream().anyMatch(range -> range.contains(parsed)))
                        .isPresent();
    }

    /**
     * Who makes the call: its peer, unless that is one of these, whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} then count. The client is the
     * rightmost address that none of these has (the leftmost when all are), since each hop adds the address that it saw at the right end, so that what lies
     * further left is hearsay. Where one of these names no client, or something that is no address, the client is unknown and no policy takes the proxy for it.
     *
     * @return with the address in its canonical text
     */
    public Client client(Call call) {
        Optional<String> peer = SourceAddress.canonical(call.peer());
        if (peer.isEmpty() || !trust(peer.get())) {
            return new Client(peer, Optional.of(call.secure()));
        }
        List<String> hops = hops(call);
        return hops.isEmpty() ? Client.UNKNOWN : new Client(source(hops), overTls(call));
    }

    private Optional<String> source(List<String> hops) {
        Optional<String> nearest = Optional.empty();
        for (String hop : hops) {
            nearest = SourceAddress.canonical(hop);
            if (nearest.isEmpty() || !trust(nearest.get())) {
                return nearest;
            }
        }
        return nearest;
    }

    /** The elements of all X-Forwarded-For lines, the last first. */
    private static List<String> hops(Call call) {
        List<String> hops = new ArrayList<>();
        for (String line : call.headerValues("X-Forwarded-For")) {
            for (String hop : line.split(",", -1)) {
                String address = OuterSpace.trim(hop);
                if (!address.isEmpty()) {
                    hops.add(address);
                }
            }
        }
        Collections.reverse(hops);
        return hops;
    }

    /** Of two lines, or another word, nobody can say what it means. */
    private static Optional<Boolean> overTls(Call call) {
        List<String> lines = call.headerValues("X-Forwarded-Proto");
        if (lines.size() != 1) {
            return Optional.empty();
        }
        String scheme = OuterSpace.trim(lines.getFirst());
        return scheme.equalsIgnoreCase("https")
                ? Optional.of(true)
                : scheme.equalsIgnoreCase("http") ? Optional.of(false) : Optional.empty();
    }
}
