package io.countersign.gateway.console;

import io.countersign.http.Call;
import io.countersign.http.Face;
import io.countersign.http.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets nobody at the console but this machine's own user. A page of the web can send requests to loopback, and by a name that it makes resolve to loopback (DNS rebinding) read the answers as its own:
 * so the Host must be a name that nobody else can have, and a browser that says where a request comes from must say that it is from here.
 */
record ConsoleGuard(boolean loopback) {
    private static final Pattern LOCAL =
            Pattern.compile("(?i)(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    /** The face, behind the guard. */
    Face before(Face face) {
        return (call, now) -> {
            Optional<Problem> refusal = refusal(call);
            return refusal.isPresent() ? refusal.get().reply() : face.handle(call, now);
        };
    }

    /** Why the call goes no further; its body has no say. */
    Optional<Problem> refusal(Call call) {
        if (!loopback || !isLocal(call.peer())) {
            return Optional.of(new Problem(
                    403,
                    "LoopbackOnly",
                    "The console is for this machine alone",
                    "Open it on the machine that the gateway runs on, with the private faces on loopback."));
        }
        List<String> hosts = call.headerValues("Host");
        if (hosts.size() != 1 || !LOCAL.matcher(hosts.getFirst()).matches()) {
            return Optional.of(new Problem(
                    421,
                    "HostNotLocal",
                    "The console answers under a local name alone",
                    "Open it as http://127.0.0.1, http://localhost or http://[::1] with the port of the gateway."));
        }
        return isForeign(call, hosts.getFirst())
                ? Optional.of(new Problem(
                        403,
                        "ForeignPage",
                        "Another page asked",
                        "Open the console in a tab of its own; no other page may call it."))
                : Optional.empty();
    }

    /** Where the request comes from is told by the browser, and by no page in it. */
    private static boolean isForeign(Call call, String host) {
        List<String> origins = call.headerValues("Origin");
        List<String> sites = call.headerValues("Sec-Fetch-Site");
        return origins.stream().anyMatch(origin -> !origin.equalsIgnoreCase("http://" + host))
                || sites.stream().anyMatch(site -> !site.equals("same-origin") && !site.equals("none"));
    }

    /** The peer is a literal address, so nothing is looked up. */
    private static boolean isLocal(String peer) {
        try {
            return InetAddress.getByName(peer).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
