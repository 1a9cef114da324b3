package io.countersign.verify.facts;

import io.countersign.http.Header;
import io.countersign.verify.decide.VerifyAnswer;
import java.util.ArrayList;
import java.util.List;

/** Writes what a bucket's CORS rules say as headers for the browser. */
public final class CorsHeaders {
    private CorsHeaders() {}

    public static List<Header> of(VerifyAnswer.CorsAnswer cors) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Access-Control-Allow-Origin", cors.allowOrigin()));
        if (!cors.allowOrigin().equals("*")) {
            headers.add(new Header("Vary", "Origin"));
        }
        addList(headers, "Access-Control-Allow-Methods", cors.allowMethods());
        addList(headers, "Access-Control-Allow-Headers", cors.allowHeaders());
        addList(headers, "Access-Control-Expose-Headers", cors.exposeHeaders());
        cors.maxAgeSeconds()
                .ifPresent(seconds -> headers.add(new Header("Access-Control-Max-Age", Long.toString(seconds))));
        return headers;
    }

    private static void addList(List<Header> headers, String name, List<String> values) {
        if (!values.isEmpty()) {
            headers.add(new Header(name, String.join(", ", values)));
        }
    }
}
