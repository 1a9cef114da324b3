package io.countersign.gateway.guard;

import io.countersign.http.Header;
import io.countersign.http.LoopbackHost;
import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Protects endpoints on loopback from web pages. A page can send requests to loopback, and it can read the replies when its own host name resolves to loopback
 * (DNS rebinding). The Host header must therefore be a loopback name or one that the operator configured, and {@code Origin} and {@code Sec-Fetch-Site}, where the
 * browser sends them, must name the gateway itself. See SECURITY.md.
 *
 * @param hosts additional host names, in lower case and without a port
 */
public record HostGuard(Set<String> hosts) implements Guard {
    /** Accepts loopback names only. */
    public static final HostGuard LOCAL = new HostGuard(Set.of());

    private static final int MAX_PORT_DIGITS = 5;

    public HostGuard {
        hosts = Set.copyOf(hosts);
    }

    @Override
    public Optional<ProblemException.Problem> refusal(List<Header> headers) {
        List<String> named = Header.values(headers, "Host");
        if (named.size() != 1 || !isOwn(named.getFirst())) {
            return Optional.of(
                    new ProblemException.Problem(
                            421,
                            "HostNotLocal",
                            "The request does not use a local host name",
                            "Use http://127.0.0.1, http://localhost or http://[::1] with the port of the gateway, or ask the operator to add the name to countersign.private.hosts."));
        }
        return isForeign(headers, named.getFirst())
                ? Optional.of(new ProblemException.Problem(
                        403,
                        "ForeignPage",
                        "The request comes from another web page",
                        "Open this URL in its own tab, or call it from a program. Other pages may not call it."))
                : Optional.empty();
    }

    private boolean isOwn(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return LoopbackHost.matches(name) || hosts.contains(name);
    }

    /** A port has one to five digits. */
    private static String withoutPort(String host) {
        int end = host.length();
        int digits = 0;
        while (digits < end && isDigit(host.charAt(end - digits - 1))) {
            digits++;
        }
        boolean port = digits >= 1 && digits <= MAX_PORT_DIGITS && digits < end && host.charAt(end - digits - 1) == ':';
        return port ? host.substring(0, end - digits - 1) : host;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Browsers set both headers themselves; a page cannot forge them. */
    private static boolean isForeign(List<Header> headers, String host) {
        List<String> origins = Header.values(headers, "Origin");
        List<String> sites = Header.values(headers, "Sec-Fetch-Site");
        for (String origin : origins) {
            if (!origin.equalsIgnoreCase("http://" + host)) {
                return true;
            }
        }
        for (String site : sites) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                return true;
            }
        }
        return false;
    }
}
