package io.countersign.identity;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;

/**
 * Where key sets may be asked for, so that a registered address cannot be used to reach into the operator's own network. A name is checked by everything that
 * it resolves to. That it may resolve to something else a moment later does not help an attacker: over https the other end must prove the name.
 */
record AddressRule(boolean allowPrivate) {
    /** @throws IOException when the address is not allowed or does not resolve */
    void require(URI uri) throws IOException {
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IOException("the key set's address must be a URL of a host, without user or fragment");
        }
        boolean loopback = isLoopbackName(host);
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !("http".equalsIgnoreCase(uri.getScheme()) && loopback)) {
            throw new IOException("the key set's address must be https; http is for loopback alone");
        }
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (loopback ? !address.isLoopbackAddress() : !isAllowed(address)) {
                throw new IOException(
                        "the key set's host is at an address that is not asked; allow private addresses, or use a public one");
            }
        }
    }

    private boolean isAllowed(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        return allowPrivate || !isPrivate(address);
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

    /** IPv6 addresses that stand for an IPv4 one (compatible, 6to4, NAT64): what they lead to cannot be seen from here. */
    private static boolean isEmbedded(byte[] bytes) {
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        boolean compatible = bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
        return sixToFour || nat64 || compatible;
    }

    private static boolean isLoopbackName(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }
}
