package io.countersign.gateway.storage;

import com.sun.net.httpserver.HttpExchange;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request to the storage, its body read, and the way to answer it. */
final class Exchange {
    private static final int MAX_BODY = 16 << 20;

    private final HttpExchange http;
    private final byte[] body;
    private final QueryParameters query;
    private final String bucket;
    private final String key;

    private Exchange(HttpExchange http, byte[] body, QueryParameters query, String bucket, String key) {
        this.http = http;
        this.body = body;
        this.query = query;
        this.bucket = bucket;
        this.key = key;
    }

    static Exchange read(HttpExchange http) throws IOException, OssRefusal {
        byte[] body = http.getRequestBody().readNBytes(MAX_BODY);
        String[] path = http.getRequestURI().getRawPath().substring(1).split("/", 2);
        String query = Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse("");
        return new Exchange(
                http,
                body,
                QueryParameters.parse(query),
                PercentEncoding.decodePath(path[0]),
                path.length > 1 ? PercentEncoding.decodePath(path[1]) : "");
    }

    String method() {
        return http.getRequestMethod();
    }

    /** The target of the request line, nothing decoded. */
    String target() {
        URI uri = http.getRequestURI();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    Map<String, List<String>> headers() {
        return http.getRequestHeaders();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
    }

    String peer() {
        return http.getRemoteAddress().getAddress().getHostAddress();
    }

    byte[] body() {
        return body;
    }

    QueryParameters query() {
        return query;
    }

    String parameter(String name, String otherwise) {
        return query.first(name).orElse(otherwise);
    }

    /** Empty for the service. */
    String bucket() {
        return bucket;
    }

    /** Empty for a bucket or the service. */
    String key() {
        return key;
    }

    /** What an upload says that its object is to give back. */
    Map<String, String> objectHeaders() {
        Map<String, String> kept = new TreeMap<>();
        kept.put("content-type", "application/octet-stream");
        http.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-type") || lower.startsWith("x-oss-meta-")) {
                kept.put(lower, values.getFirst());
            }
        });
        return kept;
    }

    Exchange with(String name, String value) {
        http.getResponseHeaders().set(name, value);
        return this;
    }

    void empty(int status) throws IOException {
        http.sendResponseHeaders(status, -1);
    }

    void xml(int status, String xml) throws IOException {
        bytes(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int status, String type, byte[] content) throws IOException {
        with("Content-Type", type);
        if (method().equals("HEAD")) {
            with("Content-Length", Integer.toString(content.length)).empty(status);
            return;
        }
        http.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            http.getResponseBody().write(content);
        }
    }
}
