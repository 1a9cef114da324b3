package io.countersign.gateway.server;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.identity.TrustedProxies;
import io.countersign.policy.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the open connections of a port, in total and for each client address. IPv6 addresses with equal first 64 bits count as one, because a client usually
 * controls its whole /64 network (RFC 4291 2.5.1). Thread-safe.
 */
final class ConnectionCounts {
    private final ConnectionBounds bounds;
    private final Map<Optional<IpAddress>, Integer> byAddress = new HashMap<>();
    private int all;

    ConnectionCounts(ConnectionBounds bounds) {
        this.bounds = bounds;
    }

    /** The slot of one open connection. {@link #leave} must be called once. */
    @FunctionalInterface
    interface Slot {
        void leave();
    }

    /**
     * Counts one more connection and returns its slot; empty when a limit is reached.
     *
     * @param peer the client's address; all values that are not literal addresses count as one client, but the clients of a UNIX socket are only counted in total
     */
    synchronized Optional<Slot> enter(String peer) {
        if (all >= bounds.all()) {
            return Optional.empty();
        }
        if (peer.equals(TrustedProxies.UNIX) || bounds.proxies().trust(peer)) {
            all++;
            return Optional.of(this::leave);
        }
        Optional<IpAddress> client = IpAddress.parse(withoutZone(peer)).map(ConnectionCounts::network);
        int open = byAddress.getOrDefault(client, 0);
        if (open >= bounds.ofOne()) {
            return Optional.empty();
        }
        byAddress.put(client, open + 1);
        all++;
        return Optional.of(() -> leave(client));
    }

    private synchronized void leave() {
        all--;
    }

    private synchronized void leave(Optional<IpAddress> client) {
        all--;
        byAddress.computeIfPresent(client, (key, open) -> open == 1 ? null : open - 1);
    }

    private static String withoutZone(String peer) {
        int zone = peer.indexOf('%');
        return zone < 0 ? peer : peer.substring(0, zone);
    }

    private static IpAddress network(IpAddress address) {
        return address.isV4() ? address : new IpAddress(false, address.high(), 0);
    }
}
