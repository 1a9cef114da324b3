package io.countersign.oss;

/**
 * A host and port as in Host headers and URLs.
 *
 * @param host in lower case; an IPv6 literal keeps its brackets
 * @param port digits, or empty
 */
record Authority(String host, String port) {
    private static final int MAX_PORT_DIGITS = 5;

    /**
     * @throws OssRefusal InvalidArgument when the host is missing, there is user information, or a character is not
     *     valid in a host name
     */
    static Authority parse(String text) throws OssRefusal {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        String host = AsciiCase.lower(hasPort ? text.substring(0, colon) : text);
        String port = hasPort ? text.substring(colon + 1) : "";
        if (text.indexOf('@') >= 0) {
            throw RequestParser.refused("The host has user information before it; take it out.");
        }
        if (!HostText.isName(host) && !HostText.isIpv6(host) || hasPort && !isPort(port)) {
            throw RequestParser.refused("The host is not a name or address with an optional port; correct it.");
        }
        return new Authority(host, port);
    }

    boolean isSame(Authority other, String defaultPort) {
        return host.equals(other.host) && portOr(defaultPort).equals(other.portOr(defaultPort));
    }

    private String portOr(String otherwise) {
        return port.isEmpty() ? otherwise : port;
    }

    private static boolean isPort(String port) {
        if (port.isEmpty() || port.length() > MAX_PORT_DIGITS) {
            return false;
        }
        for (int i = 0; i < port.length(); i++) {
            if (!HostText.isDigit(port.charAt(i))) {
                return false;
            }
        }
        return Integer.parseInt(port) <= 0xFFFF;
    }
}
