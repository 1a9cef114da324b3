package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries the usual values of headers other than Host that AdditionalHeaders names and that were lost, added or rewritten in transit (docs/protocol.md 3). */
record AdditionalHeaders() implements ClientMistakes.ClientMistake {
    private static final String CODE = "AdditionalHeaders";
    private static final Map<String, List<String>> USUAL = Map.ofEntries(
            Map.entry("accept", List.of("*/*", "application/json", "text/html, image/gif, image/jpeg, */*; q=0.2")),
            Map.entry(
                    "accept-encoding",
                    List.of("gzip", "gzip, deflate", "gzip, deflate, br", "gzip,deflate", "identity", "*")),
            Map.entry("cache-control", List.of("no-cache", "max-age=0", "no-store")),
            Map.entry("connection", List.of("keep-alive", "Keep-Alive", "close")),
            Map.entry("content-length", List.of("0")),
            Map.entry("expect", List.of("100-continue")),
            Map.entry("transfer-encoding", List.of("chunked")));
    private static final Map<String, String> CHANGED_BY = changedBy();

    private static Map<String, String> changedBy() {
        Map<String, String> by = new LinkedHashMap<>();
        by.put("host", "a bound domain, a proxy or another kind of endpoint changes it");
        by.put("user-agent", "SDKs, browsers and proxies write their own");
        by.put("content-length", "it is lost where the body is sent in chunks, or counted anew where a proxy reads it");
        by.put("transfer-encoding", "each connection has its own");
        by.put("connection", "each connection has its own");
        by.put("accept-encoding", "HTTP libraries and CDNs write their own");
        by.put("range", "CDNs and download tools write their own");
        by.put("referer", "browsers shorten it or leave it out");
        by.put("origin", "browsers write their own");
        by.put("expect", "proxies take it away");
        return by;
    }

    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        List<ClientMistakes.Candidate> candidates = new ArrayList<>();
        for (String name : OtherRegion.Signatures.additional(mismatched.signed())) {
            String arrived = mismatched.header(name);
            for (String value : USUAL.getOrDefault(name, List.of())) {
                if (!value.equals(arrived)) {
                    candidates.add(
                            mismatched.signed(mismatched.withHeader(name, value), changed(name, value, arrived)));
                }
            }
        }
        return candidates;
    }

    private static Explained.Cause changed(String name, String signed, String arrived) {
        return new Explained.Cause(
                CODE,
                "The header " + ShownText.Quoted.of(name) + " was signed as " + ShownText.Quoted.of(signed) + ", and "
                        + (arrived.isEmpty() ? "did not arrive" : ShownText.Quoted.of(arrived) + " arrived")
                        + ": AdditionalHeaders names it, so nothing on the way may change it (" + by(name)
                        + "); sign without it.");
    }

    /** Names headers that were absent when the request was signed. */
    static Explained.Cause added(List<String> names) {
        return new Explained.Cause(
                CODE,
                "AdditionalHeaders names " + ParameterText.Subsets.listed(names)
                        + ", which the request did not have when it was signed: something added it on the way ("
                        + by(names.getFirst()) + "); set it before signing, or sign without it.");
    }

    /** Names the signed headers that may have changed, where no known mistake fits. Empty where AdditionalHeaders names none. */
    static Optional<Explained.Cause> suspected(MismatchedRequest mismatched) {
        List<String> names = OtherRegion.Signatures.additional(mismatched.signed());
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = names.stream()
                .filter(name -> !mismatched.request().headers().has(name))
                .toList();
        return Optional.of(new Explained.Cause(
                CODE,
                "The signature is none that a known mistake would make, and it covers headers that easily change on their way, by AdditionalHeaders: "
                        + ParameterText.Subsets.listed(names)
                        + (missing.isEmpty()
                                ? ""
                                : " (without " + ParameterText.Subsets.listed(missing) + ", which did not arrive)")
                        + "; compare their values with those that the client signed ("
                        + ShownText.Quoted.of(names.getFirst()) + ": " + by(names.getFirst())
                        + "), or sign without them; if they are the same, its secret is not that of this access key."));
    }

    private static String by(String name) {
        return CHANGED_BY.getOrDefault(name, "proxies and HTTP libraries may");
    }
}
