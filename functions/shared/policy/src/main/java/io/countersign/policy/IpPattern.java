package io.countersign.policy;

import java.util.Optional;

/** A value of acs:SourceIp in a policy. */
sealed interface IpPattern permits IpRange, IpRange.IpOctets {
    boolean contains(IpAddress address);

    /**
     * Parses an address, a CIDR block, or IPv4 octets of which some are {@code *} (OSS, "Policy syntax and elements",
     * condition keys); empty for anything else.
     */
    static Optional<IpPattern> parse(String text) {
        Optional<? extends IpPattern> parsed =
                text.indexOf('*') >= 0 ? IpRange.IpOctets.parse(text) : IpRange.parse(text);
        return parsed.map(pattern -> pattern);
    }
}
