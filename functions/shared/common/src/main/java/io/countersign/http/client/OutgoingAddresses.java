package io.countersign.http.client;

import io.countersign.http.LoopbackHost;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that a registered URL may lead to, so that it cannot reach the operator's network.
 *
 * @param allowPrivate whether private, shared and link-local addresses are among them
 */
public record OutgoingAddresses(boolean allowPrivate) {
    /** Those that keys are read from, of which no setting allows others. */
    public static final OutgoingAddresses OF_KEYS = new OutgoingAddresses(false);

    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** Never loopback, the unspecified address or a multicast one: a name of a host elsewhere has none of them. */
    public boolean allows(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        return allowPrivate || !isPrivate(address);
    }

    /** As {@link #allows}; the addresses of a loopback name must be loopback. */
    public boolean allows(String host, InetAddress address) {
        return LoopbackHost.matches(host) ? address.isLoopbackAddress() : allows(address);
    }

    /**
     * Returns the address of a host that is written as one: four decimal numbers, or IPv6 in brackets. Empty for a name;
     * nothing is resolved.
     */
    public static Optional<InetAddress> literal(String host) {
        boolean ipv6 = host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
        if (!ipv6 && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        if (address.isSiteLocalAddress() || address.isLinkLocalAddress()) {
            return true;
        }
        return address instanceof Inet6Address
                ? (first & 0xFE) == 0xFC || isEmbedded(bytes)
                : first == 0 || (first == 100 && (second & 0xC0) == 64) || first >= 240;
    }

    /** IPv6 addresses that embed an IPv4 address (compatible, 6to4, NAT64), whose destination is not visible here. */
    private static boolean isEmbedded(byte[] bytes) {
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        boolean compatible = bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
        return sixToFour || nat64 || compatible;
    }
}
