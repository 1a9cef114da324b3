package io.countersign.identity;

import io.countersign.http.LoopbackHost;
import io.countersign.http.client.BoundedExchange;
import io.countersign.http.client.OutgoingAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the key set that a provider publishes. */
@FunctionalInterface
public interface JwksFetcher {
    /**
     * Reads the key set at an address.
     *
     * @throws IOException when it cannot be read, or the address is not allowed; the message is for the operator's log
     */
    byte[] fetch(URI uri) throws IOException;

    /**
     * Reads key sets over https; http is for loopback only. The addresses come from the registry, never from a token. It follows no redirects, refuses private addresses, and accepts
     * at most {@value #MAX_BYTES} bytes within {@value #TIMEOUT_SECONDS} seconds, including name resolution.
     */
    final class HttpJwksFetcher implements JwksFetcher {
        static final int MAX_BYTES = 256 * 1024;
        static final int TIMEOUT_SECONDS = 2;
        private static final int OK = 200;

        @Override
        public byte[] fetch(URI uri) throws IOException {
            HttpResponse<byte[]> response =
                    BoundedExchange.send(() -> request(uri), MAX_BYTES, Duration.ofSeconds(TIMEOUT_SECONDS));
            if (response.statusCode() != OK) {
                throw new IOException("the key set's address answered " + response.statusCode() + ", not 200");
            }
            return response.body();
        }

        private HttpRequest request(URI uri) throws IOException {
            AddressRule.require(uri);
            return HttpRequest.newBuilder(uri)
                    .header("Accept", "application/json")
                    .build();
        }
    }

    /**
     * Restricts the addresses of key sets, so that a registered address cannot reach the operator's network. All addresses of a name are checked. A different resolution a
     * moment later does not help an attacker, because with https the server must prove the name.
     */
    final class AddressRule {
        private AddressRule() {}

        /** @throws IOException when the address is not allowed or does not resolve */
        static void require(URI uri) throws IOException {
            String host = uri.getHost();
            if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw new IOException("the key set's address must be a URL of a host, without user or fragment");
            }
            boolean loopback = LoopbackHost.matches(host);
            if (!"https".equalsIgnoreCase(uri.getScheme()) && !("http".equalsIgnoreCase(uri.getScheme()) && loopback)) {
                throw new IOException("the key set's address must be https; http is for loopback only");
            }
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!OutgoingAddresses.OF_KEYS.allows(host, address)) {
                    throw new IOException(
                            "the key set's host has a private or special address; use a public one, or write the keys into the manifest (jwks)");
                }
            }
        }
    }
}
