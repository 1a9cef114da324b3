package io.countersign.verify.forwardauth;

import io.countersign.http.Header;
import io.countersign.verify.CorsAnswer;
import java.util.ArrayList;
import java.util.List;

/** The answer to a preflight as headers; the proxy copies them to the browser. */
final class CorsHeaders {
    private CorsHeaders() {}

    static List<Header> of(CorsAnswer cors) {
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
