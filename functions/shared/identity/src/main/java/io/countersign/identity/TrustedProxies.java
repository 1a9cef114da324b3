package io.countersign.identity;

import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.oss.OuterSpace;
import io.countersign.policy.IpAddress;
import io.countersign.policy.IpRange;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of trusted proxies. It determines the client of a call for every endpoint.
 *
 * @param unix whether the programs that connect to a UNIX socket are trusted proxies
 */
public record TrustedProxies(List<IpRange> ranges, boolean unix) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    /** The peer of a call over a UNIX socket. It is not an address, so that such a client is unknown unless a trusted proxy names it. */
    public static final String UNIX = "unix:";

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /**
     * @param texts addresses, CIDR blocks, and {@link #UNIX}
     * @throws IllegalArgumentException for any other text, and for a block with bits set after its prefix
     */
    public static TrustedProxies of(List<String> texts) {
        List<IpRange> ranges = new ArrayList<>(texts.size());
        for (String text : texts) {
            if (text.equals(UNIX)) {
                continue;
            }
            ranges.add(IpRange.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected IP addresses, CIDR blocks without bits after their prefix, as 10.0.0.0/8, or "
                                    + UNIX)));
        }
        return new TrustedProxies(ranges, texts.contains(UNIX));
    }

    /**
     * The proxies that a setting lists.
     *
     * @throws PropertyValues.InvalidSettingException when the setting is malformed
     */
    public static TrustedProxies of(PropertyValues values, Setting setting)
            throws PropertyValues.InvalidSettingException {
        try {
            return of(values.list(setting));
        } catch (IllegalArgumentException e) {
            throw new PropertyValues.InvalidSettingException(setting.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Whether every client is a call's peer, as it is with {@link #NONE}. */
    public boolean isNone() {
        return ranges.isEmpty() && !unix;
    }

    /** The union of both. */
    public TrustedProxies and(TrustedProxies others) {
        List<IpRange> all = new ArrayList<>(ranges);
        all.addAll(others.ranges);
        return new TrustedProxies(all, unix || others.unix);
    }

    /** Whether the address, or {@link #UNIX}, is one of them; false for any other text. */
    public boolean trust(String address) {
        if (address.equals(UNIX)) {
            return unix;
        }
        return !ranges.isEmpty()
                && IpAddress.parse(address)
                        .filter(parsed -> ranges.stream().anyMatch(range -> range.contains(parsed)))
                        .isPresent();
    }

    /**
     * Determines the client of a call. It is the peer, unless the peer is a trusted proxy; then {@code X-Forwarded-For} and {@code X-Forwarded-Proto} count. Each proxy
     * appends the address of its peer, so the client is the rightmost address that is not a trusted proxy, or the leftmost if all are; addresses further left are
     * unverified. If a trusted proxy names no client, or something that is not an address, the client is unknown, and policies do not take the proxy for the client.
     *
     * @return the client with its address in canonical text
     */
    public Client client(Call call) {
        Optional<String> peer = SourceAddress.canonical(call.peer());
        if (!trust(peer.orElse(call.peer()))) {
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

    /** The elements of all X-Forwarded-For lines, from right to left. */
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

    /** Unknown for several lines, and for any value except http and https. */
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
