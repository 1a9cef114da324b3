package io.countersign.verify.auth;

import io.countersign.http.Call;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.countersign.verify.SourceAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where the client comes from: the peer, unless that is a trusted proxy, whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} then count.
 *
 * @param sourceIp canonical; empty when a trusted proxy names something that is no address, so that it is unknown
 * @param secure whether the client came over TLS; what nobody trusted says is not believed
 * @param sourceVpc the VPC that the client came through; empty when no trusted proxy names one
 */
record ClientConnection(Optional<String> sourceIp, boolean secure, Optional<String> sourceVpc) {
    /** @throws OssRefusal InvalidArgument when a trusted proxy names several VPCs, or something that is none */
    static ClientConnection of(Call call, TrustedProxies proxies, VpcRule vpc) throws OssRefusal {
        Optional<String> peer = SourceAddress.canonical(call.peer());
        if (peer.isEmpty() || !proxies.contains(peer.get())) {
            return new ClientConnection(peer, call.secure(), Optional.empty());
        }
        return new ClientConnection(source(peer.get(), chain(call), proxies), isHttps(call), vpc.of(call));
    }

    /** The first address from the right that is no trusted proxy; the leftmost when all are. Each hop adds the address that it saw at the right end, so what lies further left is hearsay. */
    private static Optional<String> source(String peer, List<String> chain, TrustedProxies proxies) {
        String nearest = peer;
        for (String hop : chain) {
            Optional<String> address = SourceAddress.canonical(hop);
            if (address.isEmpty() || !proxies.contains(address.get())) {
                return address;
            }
            nearest = address.get();
        }
        return Optional.of(nearest);
    }

    /** The elements of all X-Forwarded-For lines, the last first. */
    private static List<String> chain(Call call) {
        List<String> hops = new ArrayList<>();
        for (String line : call.headerValues("X-Forwarded-For")) {
            for (String hop : line.split(",", -1)) {
                String address = OuterSpace.trim(hop);
                if (!address.isEmpty()) {
                    hops.add(address);
                }
            }
        }
        Collections.reverse(hops);
        return hops;
    }

    private static boolean isHttps(Call call) {
        List<String> values = call.headerValues("X-Forwarded-Proto");
        return values.size() == 1 && OuterSpace.trim(values.getFirst()).equalsIgnoreCase("https");
    }
}
