package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.oss.QueryParameters;
import java.util.ArrayList;
import java.util.List;

/** A security token that was added after signing (protocol.md 11, trouble 13). */
record UnsignedToken() implements NearMiss {
    private static final List<String> NAMES = List.of("x-oss-security-token", "security-token");

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>(2);
        QueryParameters query = failed.request().query();
        Headers headers = failed.request().headers();
        for (String name : NAMES) {
            if (query.has(name)) {
                variations.add(failed.signed(
                        failed.with(query.without(name)), cause("parameter " + name, "the URL is signed")));
            }
            if (headers.has(name)) {
                variations.add(failed.signed(
                        failed.with(headers.without(name)), cause("header " + name, "the request is signed")));
            }
        }
        return variations;
    }

    private static Cause cause(String place, String when) {
        return new Cause(
                "TokenNotSigned",
                "The security token in the " + place + " was added after signing; put it there before " + when
                        + ", since it is part of what is signed.");
    }
}
