package io.countersign.verify.explain;

import io.countersign.verify.decide.RegionName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tries other values of a signed Host header, which may have changed in transit: by its port, which SDKs treat differently (docs/protocol.md 7), by a domain bound to the bucket, by a proxy that names its upstream, or by another kind of endpoint (help.aliyun.com, "Regions and
 * endpoints").
 */
record OtherHost() implements ClientMistakes.ClientMistake {
    static final String NAME = "host";
    private static final String SERVICE = ".aliyuncs.com";
    private static final List<String> FORWARDED = List.of("x-forwarded-host", "x-original-host", "x-host");
    private static final List<String> REGION_FREE = List.of("oss-accelerate", "oss-accelerate-overseas");

    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        if (!OtherRegion.Signatures.additional(mismatched.signed()).contains(NAME)) {
            return List.of();
        }
        String sent = mismatched.header(NAME);
        Set<String> hosts =
                new LinkedHashSet<>(withPorts(mismatched.request().address().host()));
        FORWARDED.stream()
                .map(mismatched::header)
                .filter(host -> !host.isBlank())
                .forEach(hosts::add);
        endpoints(mismatched).forEach(endpoint -> {
            mismatched.bucket().ifPresent(bucket -> hosts.add(bucket + "." + endpoint));
            hosts.add(endpoint);
        });
        hosts.addAll(List.of("localhost", "127.0.0.1"));
        hosts.remove(sent);
        return hosts.stream()
                .map(host -> mismatched.signed(mismatched.withHeader(NAME, host), cause(host, sent)))
                .toList();
    }

    private static List<String> withPorts(String host) {
        return List.of(host, host + ":80", host + ":443", "." + host);
    }

    private static Stream<String> endpoints(MismatchedRequest mismatched) {
        Set<String> regions = new LinkedHashSet<>();
        mismatched.request().address().region().map(RegionName::plain).ifPresent(regions::add);
        Texts.scope(mismatched.signed())
                .map(scope -> RegionName.plain(scope.region()))
                .ifPresent(regions::add);
        return Stream.concat(
                        regions.stream()
                                .flatMap(region -> Stream.of(
                                        "oss-" + region,
                                        "oss-" + region + "-internal",
                                        region + ".oss",
                                        "s3.oss-" + region,
                                        "vpc100-oss-" + region)),
                        REGION_FREE.stream())
                .map(name -> name + SERVICE);
    }

    private static Explained.Cause cause(String signed, String arrived) {
        return new Explained.Cause(
                "Host",
                "The signed Host is " + ShownText.Quoted.of(signed) + " but " + ShownText.Quoted.of(arrived)
                        + " arrived: AdditionalHeaders names host, so a bound domain, a proxy or another kind of endpoint (-internal, accelerate) breaks the signature; sign the Host that arrives, have proxies pass it on unchanged, or sign without host.");
    }
}
