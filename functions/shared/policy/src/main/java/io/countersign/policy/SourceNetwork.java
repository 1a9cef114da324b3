package io.countersign.policy;

import java.util.List;
import java.util.Optional;

/** What an address tells of the network that a request came through. */
final class SourceNetwork {
    /** Where the addresses of VPCs lie, and those that say nothing of where a request came from: private, shared (RFC 6598), loopback, link-local, unique local. */
    private static final List<IpRange> PRIVATE = List.of(
            range("10.0.0.0/8"),
            range("172.16.0.0/12"),
            range("192.168.0.0/16"),
            range("100.64.0.0/10"),
            range("127.0.0.0/8"),
            range("169.254.0.0/16"),
            range("::1"),
            range("fe80::/10"),
            range("fc00::/7"));

    private SourceNetwork() {}

    /** Through which VPC: none, if the address is public; else nobody can say. */
    static KeyState vpc(KeyState sourceIp) {
        return switch (sourceIp) {
            case KeyState.Told(String address) -> isPublic(address) ? KeyState.absent() : KeyState.unknown();
            case KeyState.Absent absent -> KeyState.unknown();
            case KeyState.Unknown unknown -> KeyState.unknown();
        };
    }

    private static boolean isPublic(String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        return address.isPresent() && PRIVATE.stream().noneMatch(range -> range.contains(address.get()));
    }

    private static IpRange range(String text) {
        return IpRange.parse(text).orElseThrow();
    }
}
