package io.countersign.verify.explain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A signed Host header that lost its port, or got one, on its way: SDKs treat ports differently (protocol.md 7). */
record HostWithPort() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        String sent = failed.header("host");
        String plain = failed.request().address().host();
        Set<String> hosts = new LinkedHashSet<>(List.of(plain, plain + ":80", plain + ":443", "." + plain));
        hosts.remove(sent);
        return hosts.stream()
                .map(
                        host -> failed.signed(
                                failed.withHeader("host", host),
                                new Cause(
                                        "Host",
                                        "The signed Host is " + Quoted.of(host) + " but " + Quoted.of(sent)
                                                + " arrived; sign the Host that is sent, and have proxies pass it on unchanged.")))
                .toList();
    }
}
