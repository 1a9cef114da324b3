package io.countersign.oss;

/** The syntax of hosts in lower case. */
final class HostText {
    private static final int MAX_NAME = 253;

    private HostText() {}

    static boolean isLabelCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Labels of letters, digits and hyphens. The only empty label allowed is a leading dot, which ali-oss sends when
     * it has no bucket.
     */
    static boolean isName(String host) {
        if (host.isEmpty() || host.length() > MAX_NAME || host.charAt(host.length() - 1) == '.') {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' ? i > 0 && host.charAt(i - 1) == '.' : !isLabelCharacter(c)) {
                return false;
            }
        }
        return true;
    }

    /** Four decimal octets. */
    static boolean isIpv4(String host) {
        int octets = 1;
        int digits = 0;
        int value = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (digits == 0) {
                    return false;
                }
                octets++;
                digits = 0;
                value = 0;
            } else {
                value = value * 10 + (c - '0');
                if (!isDigit(c) || ++digits > 3 || value > 255) {
                    return false;
                }
            }
        }
        return octets == 4 && digits > 0;
    }

    /**
     * A bracketed literal of hex digits, colons and dots, checked only as far as needed to distinguish it from a name.
     * Zones are not allowed.
     */
    static boolean isIpv6(String host) {
        int last = host.length() - 1;
        if (last < 3 || last > 46 || host.charAt(0) != '[' || host.charAt(last) != ']') {
            return false;
        }
        int colons = 0;
        for (int i = 1; i < last; i++) {
            char c = host.charAt(i);
            if (c == ':') {
                colons++;
            } else if (!isDigit(c) && !(c >= 'a' && c <= 'f') && c != '.') {
                return false;
            }
        }
        return colons >= 2 && colons <= 7;
    }
}
