package io.countersign.gateway.store;

import io.countersign.http.client.OutgoingAddresses;
import io.countersign.registry.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Resolves the names of stores, and holds what they resolve to against the rule for outgoing addresses: whoever owns a name may point it at this machine or its network
 * at any time. The address that was checked is the one that is connected to. Thread-safe.
 */
final class StoreAddresses {
    /** For so long an answer is used again. The names of large stores change their addresses within minutes. */
    private static final Duration FRESH = Duration.ofSeconds(30);
    /** The names come from the registry; past this number all are resolved anew. */
    private static final int MAX_NAMES = 10_000;

    private final OutgoingAddresses rule;
    private final LongSupplier nanos;
    private final Map<String, Resolved> known = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    private record Resolved(List<String> addresses, long at) {}

    /** @param nanos a monotonic clock */
    StoreAddresses(OutgoingAddresses rule, LongSupplier nanos) {
        this.rule = rule;
        this.nanos = nanos;
    }

    /** Without the brackets of an IPv6 address. */
    static String host(Upstream.Endpoint endpoint) {
        String host = endpoint.host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Returns one of the addresses of a store, in turn.
     *
     * @return fails when the name has none that the rule allows
     */
    Future<String> of(Vertx vertx, Upstream.Endpoint endpoint) {
        Resolved before = known.get(endpoint.host());
        if (before != null && nanos.getAsLong() - before.at() < FRESH.toNanos()) {
            return Future.succeededFuture(next(before.addresses()));
        }
        return vertx.executeBlocking(() -> resolve(endpoint), false).map(this::next);
    }

    private List<String> resolve(Upstream.Endpoint endpoint) throws IOException {
        List<String> allowed = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(host(endpoint))) {
            if (rule.allows(endpoint.host(), address)) {
                allowed.add(address.getHostAddress());
            }
        }
        if (allowed.isEmpty()) {
            throw new UnknownHostException("no address that a store may have");
        }
        if (known.size() >= MAX_NAMES) {
            known.clear();
        }
        List<String> addresses = List.copyOf(allowed);
        known.put(endpoint.host(), new Resolved(addresses, nanos.getAsLong()));
        return addresses;
    }

    private String next(List<String> addresses) {
        return addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
    }
}
