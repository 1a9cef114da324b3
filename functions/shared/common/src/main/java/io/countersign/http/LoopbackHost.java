package io.countersign.http;

/** The hosts of URLs that only this machine can answer, to which plain http may carry secrets. */
public final class LoopbackHost {
    private static final String NAME = "localhost";
    private static final String NETWORK = "127.";
    private static final int MAX_DIGITS = 3;

    private LoopbackHost() {}

    /** @param host as a URL names it, without a port: {@code localhost}, an address of 127.0.0.0/8, or {@code [::1]} */
    public static boolean matches(String host) {
        return isName(host) || host.equals("[::1]") || isAddress(host);
    }

    /** Compares ASCII only: U+017F, an s that other programs do not fold, equals one where case is ignored. */
    private static boolean isName(String host) {
        return host.equalsIgnoreCase(NAME) && host.indexOf('\u017F') < 0;
    }

    /** Whether three more numbers of one to three digits follow the network. */
    private static boolean isAddress(String host) {
        if (!host.startsWith(NETWORK)) {
            return false;
        }
        int dots = 1;
        int digits = 0;
        for (int i = NETWORK.length(); i < host.length(); i++) {
            char c = host.charAt(i);
            if (c >= '0' && c <= '9' && digits < MAX_DIGITS) {
                digits++;
            } else if (c == '.' && digits > 0) {
                dots++;
                digits = 0;
            } else {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }
}
