package io.countersign.identity;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Normalizes literal IP addresses to canonical text. It never resolves names. */
public final class SourceAddress {
    /** Four decimal numbers. Resolvers disagree about short and octal forms, so these are not accepted. */
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private SourceAddress() {}

    /** The canonical text; an IPv4-mapped IPv6 address becomes IPv4, so that each peer has one address. */
    public static Optional<String> canonical(String text) {
        boolean literal = IPV4.matcher(text).matches()
                || (text.indexOf(':') >= 0 && IPV6.matcher(text).matches());
        if (!literal) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
