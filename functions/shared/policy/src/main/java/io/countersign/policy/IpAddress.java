package io.countersign.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address by its bits. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}) is the IPv4 address,
 * both in requests and in policies.
 *
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits, or the 32 of IPv4
 */
public record IpAddress(boolean isV4, long high, long low) {
    private static final long MAPPED = 0xffffL;
    private static final int MAX_LENGTH = 45;
    private static final int OCTETS = 4;
    private static final int GROUPS = 8;

    /** Parses dotted decimals without leading zeros, or RFC 4291 text without a zone; empty for anything else. */
    public static Optional<IpAddress> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return text.indexOf(':') >= 0 ? v6(text) : v4(text).map(bits -> new IpAddress(true, 0, bits));
    }

    private static Optional<Long> v4(String text) {
        long bits = 0;
        int start = 0;
        for (int octet = 0; octet < OCTETS; octet++) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            int value = octet(text, start, end);
            if (value < 0 || (dot < 0) != (octet == OCTETS - 1)) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
            start = end + 1;
        }
        return Optional.of(bits);
    }

    /** The number of these one to three digits without a leading zero; -1 for any other text and above 255. */
    private static int octet(String text, int start, int end) {
        if (end <= start || end - start > 3 || end - start > 1 && text.charAt(start) == '0') {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value > 255 ? -1 : value;
    }

    private static Optional<IpAddress> v6(String written) {
        Optional<String> text = withoutDots(written);
        int gap = text.map(hex -> hex.indexOf("::")).orElse(-1);
        if (gap < 0) {
            return text.flatMap(IpAddress::groups)
                    .filter(all -> all.length == GROUPS)
                    .map(IpAddress::of);
        }
        Optional<int[]> head = text.flatMap(hex -> groups(hex.substring(0, gap)));
        Optional<int[]> tail = text.flatMap(hex -> groups(hex.substring(gap + 2)));
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length >= GROUPS) {
            return Optional.empty();
        }
        int[] all = Arrays.copyOf(head.get(), GROUPS);
        System.arraycopy(tail.get(), 0, all, GROUPS - tail.get().length, tail.get().length);
        return Optional.of(of(all));
    }

    /** An IPv4 address at the end, and only there, becomes two groups. */
    private static Optional<String> withoutDots(String text) {
        if (text.indexOf('.') < 0) {
            return Optional.of(text);
        }
        int start = text.lastIndexOf(':') + 1;
        return v4(text.substring(start))
                .map(bits -> text.substring(0, start)
                        + Long.toHexString(bits >>> 16)
                        + ":"
                        + Long.toHexString(bits & 0xffff));
    }

    /** Groups of one to four hexadecimal digits between colons; none for an empty text. */
    private static Optional<int[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new int[0]);
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            groups[i] = group(parts[i]);
            if (groups[i] < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    /** The number of one to four hexadecimal digits; -1 for any other text. */
    private static int group(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || Character.digit(c, 16) < 0) {
                return -1;
            }
            value = value << 4 | Character.digit(c, 16);
        }
        return value;
    }

    /** Written out, as {@link #hashCode}: the JVM makes those of a record when they are first called, which takes a part of the gateway's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && isV4 == address.isV4 && high == address.high && low == address.low;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Boolean.hashCode(isV4) + Long.hashCode(high)) + Long.hashCode(low);
    }

    private static IpAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        boolean mapped = high == 0 && low >>> 32 == MAPPED;
        return mapped ? new IpAddress(true, 0, low & 0xffff_ffffL) : new IpAddress(false, high, low);
    }
}
