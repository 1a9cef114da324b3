package io.countersign.oss;

import java.util.Optional;

/** The methods that OSS supports. */
public enum HttpMethod {
    GET,
    PUT,
    POST,
    HEAD,
    DELETE,
    OPTIONS;

    /** Returns the method of this exact, upper-case name; empty for any other text. */
    public static Optional<HttpMethod> of(String name) {
        return switch (name) {
            case "GET" -> Optional.of(GET);
            case "PUT" -> Optional.of(PUT);
            case "POST" -> Optional.of(POST);
            case "HEAD" -> Optional.of(HEAD);
            case "DELETE" -> Optional.of(DELETE);
            case "OPTIONS" -> Optional.of(OPTIONS);
            default -> Optional.empty();
        };
    }
}
