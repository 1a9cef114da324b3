package io.countersign.presign.uploads;

import io.countersign.http.LoopbackHost;
import io.countersign.registry.manifest.UpstreamRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

/**
 * Restricts which storage Countersign asks: a bucket's endpoint is of the manifest, and must not make this server speak to whatever is in its network. The rule is that of the
 * stores behind buckets.
 */
record StorageAddress(UpstreamRule rule) {
    /** @throws IOException when the address is not allowed or does not resolve; the message says which setting allows it */
    void require(URI uri) throws IOException {
        String host = uri.getHost();
        boolean loopback = LoopbackHost.matches(host);
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !loopback && !rule.allowHttp()) {
            throw new IOException(
                    "the bucket's endpoint is http beyond loopback; write https, or set countersign.upstream.allow-http=true");
        }
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!rule.addresses().allows(host, address)) {
                throw new IOException(
                        "the bucket's endpoint has an address in a private or reserved range; use a public one, or set countersign.upstream.allow-private=true for a private one");
            }
        }
    }
}
