package io.countersign.registry;

import java.util.List;
import java.util.OptionalLong;

/**
 * One CORS rule of a bucket, as OSS's PutBucketCors takes it.
 *
 * @param allowedOrigins exact, or with one {@code *}
 * @param allowedMethods GET, PUT, DELETE, POST, HEAD
 * @param allowedHeaders names, each exact or with one {@code *}
 * @param maxAgeSeconds how long a browser may keep the answer
 */
public record CorsRule(
        List<String> allowedOrigins,
        List<String> allowedMethods,
        List<String> allowedHeaders,
        List<String> exposeHeaders,
        OptionalLong maxAgeSeconds) {
    public CorsRule {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedMethods = List.copyOf(allowedMethods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
    }
}
