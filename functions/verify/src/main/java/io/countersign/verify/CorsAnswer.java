package io.countersign.verify;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the answer to a preflight tells the browser: the values of the {@code Access-Control-*} headers.
 *
 * @param allowOrigin the origin that asked, or {@code *}
 */
public record CorsAnswer(
        String allowOrigin,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        OptionalLong maxAgeSeconds) {
    public CorsAnswer {
        allowMethods = List.copyOf(allowMethods);
        allowHeaders = List.copyOf(allowHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
    }
}
