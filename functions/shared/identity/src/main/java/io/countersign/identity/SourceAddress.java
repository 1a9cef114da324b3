package io.countersign.identity;

import io.countersign.policy.IpAddress;
import java.net.InetAddress;
import java.util.Optional;

/** Normalizes literal IP addresses to canonical text. It never resolves names. */
public final class SourceAddress {
    private static final int MIN_IPV6 = 2;
    private static final int MAX_IPV6 = 45;

    private SourceAddress() {}

    /** The canonical text; an IPv4-mapped IPv6 address becomes IPv4, so that each peer has one address. */
    public static Optional<String> canonical(String text) {
        if (text.indexOf(':') < 0) {
            // Resolvers disagree about short and octal forms, so these are not accepted.
            return IpAddress.parse(text).isPresent() ? Optional.of(text) : Optional.empty();
        }
        if (!isOfIpv6(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the text has only the characters of an IPv6 address without a zone. */
    private static boolean isOfIpv6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if (!digit && c != ':' && c != '.') {
                return false;
            }
        }
        return text.length() >= MIN_IPV6 && text.length() <= MAX_IPV6;
    }
}
