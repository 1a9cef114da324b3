package io.countersign.gateway.server;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.policy.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the open connections of a port, in all and of each address. Of IPv6 the first 64 bits are one address: whoever has one of such a network has all of
 * them (RFC 4291, 2.5.1).
 */
final class ConnectionCounts {
    private final ConnectionBounds bounds;
    private final Map<Optional<IpAddress>, Integer> ofOne = new HashMap<>();
    private int all;

    ConnectionCounts(ConnectionBounds bounds) {
        this.bounds = bounds;
    }

    /** The place of one open connection. It is given back once. */
    @FunctionalInterface
    interface Place {
        void leave();
    }

    /**
     * A place for one more; empty: there is none.
     *
     * @param peer the address at the other end; those that are no literal address count as one
     */
    synchronized Optional<Place> enter(String peer) {
        if (all >= bounds.all()) {
            return Optional.empty();
        }
        if (bounds.proxies().trust(peer)) {
            all++;
            return Optional.of(this::leave);
        }
        Optional<IpAddress> one = IpAddress.parse(withoutZone(peer)).map(ConnectionCounts::network);
        int open = ofOne.getOrDefault(one, 0);
        if (open >= bounds.ofOne()) {
            return Optional.empty();
        }
        ofOne.put(one, open + 1);
        all++;
        return Optional.of(() -> leave(one));
    }

    private synchronized void leave() {
        all--;
    }

    private synchronized void leave(Optional<IpAddress> one) {
        all--;
        ofOne.computeIfPresent(one, (key, open) -> open == 1 ? null : open - 1);
    }

    private static String withoutZone(String peer) {
        int zone = peer.indexOf('%');
        return zone < 0 ? peer : peer.substring(0, zone);
    }

    private static IpAddress network(IpAddress address) {
        return address.isV4() ? address : new IpAddress(false, address.high(), 0);
    }
}
