package io.countersign.policy;

import java.util.Optional;

/**
 * IPv4 addresses by their octets, of which some may be anything: {@code 203.0.*.5}.
 *
 * @param fixed the bits of the other octets
 * @param mask ones where they are
 */
record IpOctets(long fixed, long mask) implements IpPattern {
    private static final long OCTET = 0xff;

    /** Empty unless the text is four octets, each in decimals or {@code *} as a whole. */
    static Optional<IpOctets> parse(String text) {
        String[] octets = text.split("\\.", -1);
        long mask = 0;
        for (int i = 0; i < octets.length; i++) {
            boolean any = octets[i].equals("*");
            mask = mask << Byte.SIZE | (any ? 0 : OCTET);
            octets[i] = any ? "0" : octets[i];
        }
        long bits = mask;
        return IpAddress.parse(String.join(".", octets))
                .filter(address -> text.indexOf(':') < 0)
                .map(address -> new IpOctets(address.low(), bits));
    }

    @Override
    public boolean contains(IpAddress address) {
        return address.isV4() && (address.low() & mask) == fixed;
    }
}
