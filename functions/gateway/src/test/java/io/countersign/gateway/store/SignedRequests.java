package io.countersign.gateway.store;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.upstream.oracle.SdkSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes requests to a store port, byte for byte, that an official SDK signed as alice. */
final class SignedRequests {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final SdkSigner ALICE = new SdkSigner("cn-hangzhou", StoreFixture.ALICE, StoreFixture.ALICE_SECRET);

    private final String host;

    /** @param url of the store port */
    SignedRequests(String url) {
        this.host = url.substring("http://".length());
    }

    /**
     * Returns the head without the empty line at its end, so that more lines can follow.
     *
     * @param key decoded; empty for the bucket
     * @param query encoded, without its question mark
     * @param headers signed, but Host
     */
    String head(HttpMethod method, String bucket, Optional<String> key, String query, Map<String, String> headers) {
        String path = "/" + bucket + "/" + key.map(SignedRequests::encoded).orElse("");
        return head(method, path + (query.isEmpty() ? "" : "?" + query), bucket, key, headers);
    }

    /** A whole request on the service, which names no bucket. */
    String ofService(HttpMethod method, String query) {
        String target = "/" + (query.isEmpty() ? "" : "?" + query);
        return whole(head(method, target, "", Optional.empty(), Map.of()), "");
    }

    private String head(
            HttpMethod method, String target, String bucket, Optional<String> key, Map<String, String> headers) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Headers signed = Headers.NONE
                .and("host", host)
                .and("x-oss-content-sha256", "UNSIGNED-PAYLOAD")
                .and("x-oss-date", DATE.format(now));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            signed = signed.and(header.getKey(), header.getValue());
        }
        StringBuilder head = new StringBuilder(method.name() + " " + target + " HTTP/1.1\r\n");
        signed.and("Authorization", ALICE.authorization(method.name(), target, signed, List.of(), bucket, key, now))
                .fields()
                .forEach(field -> head.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        return head.toString();
    }

    /** A whole request of a connection of its own. */
    String request(
            HttpMethod method,
            String bucket,
            Optional<String> key,
            String query,
            Map<String, String> headers,
            String body) {
        return whole(head(method, bucket, key, query, headers), body);
    }

    /** The same of this head. */
    static String whole(String head, String body) {
        return head + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "Connection: close\r\n\r\n"
                + body;
    }

    /** An anonymous one. */
    String anonymous(String line, String more, String body) {
        return whole(line + " HTTP/1.1\r\nHost: " + host + "\r\n" + more, body);
    }

    String host() {
        return host;
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
