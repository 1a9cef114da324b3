package io.countersign.verify.explain;

import io.countersign.oss.HttpMethod;
import java.util.Arrays;
import java.util.List;

/** Signed for one verb, sent with another. */
record OtherVerb() implements NearMiss {
    @Override
    public List<Variation> of(Failed failed) {
        HttpMethod sent = failed.request().method();
        return Arrays.stream(HttpMethod.values())
                .filter(verb -> verb != sent)
                .map(verb -> failed.signed(
                        failed.with(verb),
                        new Cause(
                                "OtherVerb",
                                "It was signed for " + verb + " but sent as " + sent + "; send it as " + verb
                                        + ", or sign it for " + sent + ".")))
                .toList();
    }
}
