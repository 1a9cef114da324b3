package io.countersign.policy;

import java.util.Optional;

/**
 * An address or a CIDR block. IPv6 blocks contain no IPv4 address, except those within {@code ::ffff:0:0/96}, which
 * are IPv4 blocks.
 *
 * @param bits the number of leading bits that must be equal
 */
public record IpRange(IpAddress network, int bits) implements IpPattern {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /** Returns empty when the text is no address or block, or has bits set after the prefix ({@code 192.0.2.1/24}). */
    public static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(address -> new IpRange(address, width(address)));
        }
        boolean writtenAsV6 = text.indexOf(':') >= 0;
        Optional<Integer> prefix = prefixLength(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .flatMap(address -> prefix.map(length ->
                        new IpRange(address, writtenAsV6 && address.isV4() ? length - (V6_BITS - V4_BITS) : length)))
                .filter(IpRange::isBlock);
    }

    /** Returns the block of this prefix length that contains the address; empty when one of them cannot be parsed. */
    public static Optional<IpRange> around(String address, String bits) {
        return IpAddress.parse(address)
                .flatMap(inside -> prefixLength(bits)
                        .filter(length -> length <= width(inside))
                        .map(length -> new IpRange(new IpRange(inside, length).masked(inside), length)));
    }

    @Override
    public boolean contains(IpAddress address) {
        return address.isV4() == network.isV4() && masked(address).equals(network);
    }

    private boolean isBlock() {
        return bits >= 0 && bits <= width(network) && masked(network).equals(network);
    }

    private IpAddress masked(IpAddress address) {
        if (address.isV4()) {
            return new IpAddress(true, 0, address.low() & mask(bits + V4_BITS) & 0xffff_ffffL);
        }
        return new IpAddress(false, address.high() & mask(bits), address.low() & mask(bits - 64));
    }

    /** Returns 64 bits with this number of leading ones. */
    private static long mask(int ones) {
        return ones <= 0 ? 0 : ones >= 64 ? -1L : -1L << (64 - ones);
    }

    private static int width(IpAddress address) {
        return address.isV4() ? V4_BITS : V6_BITS;
    }

    private static Optional<Integer> prefixLength(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
        return digits && !leadingZero ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /**
     * An IPv4 address with wildcard octets: {@code 203.0.*.5}.
     *
     * @param fixed the bits of the other octets
     * @param mask ones at those octets
     */
    record IpOctets(long fixed, long mask) implements IpPattern {
        private static final long OCTET = 0xff;

        /** Returns empty unless the text is four octets, each in decimals or {@code *} as a whole. */
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
}
