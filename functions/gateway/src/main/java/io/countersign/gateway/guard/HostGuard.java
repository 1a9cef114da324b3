package io.countersign.gateway.guard;

import io.countersign.http.Header;
import io.countersign.http.LoopbackHost;
import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    public HostGuard {
        hosts = Set.copyOf(hosts);
    }

    @Override
    public Optional<ProblemException.Problem> refusal(List<Header> headers) {
        List<String> named = values(headers, "Host");
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
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return LoopbackHost.matches(name) || hosts.contains(name);
    }

    /** Browsers set both headers themselves; a page cannot forge them. */
    private static boolean isForeign(List<Header> headers, String host) {
        List<String> origins = values(headers, "Origin");
        List<String> sites = values(headers, "Sec-Fetch-Site");
        return origins.stream().anyMatch(origin -> !origin.equalsIgnoreCase("http://" + host))
                || sites.stream().anyMatch(site -> !site.equals("same-origin") && !site.equals("none"));
    }

    private static List<String> values(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(Header::value)
                .toList();
    }
}
