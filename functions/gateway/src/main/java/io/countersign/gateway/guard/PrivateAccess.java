package io.countersign.gateway.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who reaches the private endpoints of a process.
 *
 * @param loopback whether only this machine does
 * @param programs the programs that are known by tokens; empty means that every caller may call them
 * @param socketOnly whether they are on a UNIX socket and on no port
 */
public record PrivateAccess(boolean loopback, Optional<PrivateTokensWatch> programs, boolean socketOnly) {
    /** Everybody on this machine. */
    public static final PrivateAccess THIS_MACHINE = new PrivateAccess(true, Optional.empty(), false);

    /**
     * The guards of a private endpoint. {@code /auth} accepts any Host and Origin, because some proxies forward the client's, and unless {@link #isGuarded} its
     * answer contains nothing that a web page could use.
     *
     * @param hosts additional host names that private endpoints on loopback accept
     */
    public List<Guard> before(PrivateEndpoint endpoint, Set<String> hosts) {
        List<Guard> guards = new ArrayList<>();
        if (loopback && endpoint != PrivateEndpoint.AUTH) {
            guards.add(new HostGuard(hosts));
        }
        programs.ifPresent(known -> guards.add(known.before(endpoint)));
        return List.copyOf(guards);
    }

    /** Whether a token, or the permissions of a socket, keep the other programs of this machine out. Only then may an answer hold a signature for a store. */
    public boolean isGuarded() {
        return programs.isPresent() || socketOnly;
    }
}
