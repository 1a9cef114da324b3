package io.countersign.gateway.storage;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request to the storage, its body read, and the way to answer it. */
final class Exchange {
    private final HttpServerRequest http;
    private final byte[] body;
    private final QueryParameters query;
    private final String bucket;
    private final String key;

    private Exchange(HttpServerRequest http, byte[] body, QueryParameters query, String bucket, String key) {
        this.http = http;
        this.body = body;
        this.query = query;
        this.bucket = bucket;
        this.key = key;
    }

    static Exchange read(HttpServerRequest http, byte[] body) throws OssRefusal {
        QueryParameters parameters =
                QueryParameters.parse(Optional.ofNullable(http.query()).orElse(""), EncodedText.URL);
        return switch (target(http)) {
            case Target.Service() -> new Exchange(http, body, parameters, "", "");
            case Target.Bucket(String bucket) -> new Exchange(http, body, parameters, bucket, "");
            case Target.ObjectKey(String bucket, String key) -> new Exchange(http, body, parameters, bucket, key);
        };
    }

    /** By path on loopback, or by OSS's own host names where a client insists on sending them. */
    private static Target target(HttpServerRequest http) throws OssRefusal {
        String host = Optional.ofNullable(http.getHeader("Host")).orElse("");
        return RequestParser.parse(
                        "GET", http.path(), Headers.NONE.and("host", host), BaseDomains.DEFAULT, DomainBinding.NONE)
                .target();
    }

    String method() {
        return http.method().name();
    }

    /** The target of the request line, nothing decoded. */
    String target() {
        return http.uri();
    }

    Map<String, List<String>> headers() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        http.headers()
                .forEach((name, value) ->
                        lines.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
        return lines;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(http.getHeader(name));
    }

    String peer() {
        return http.remoteAddress().hostAddress();
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

    /** The headers that an upload stores for later answers. */
    Map<String, String> objectHeaders() {
        Map<String, String> kept = new TreeMap<>();
        http.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-type") || lower.startsWith("x-oss-meta-")) {
                kept.putIfAbsent(lower, value);
            }
        });
        kept.putIfAbsent("content-type", "application/octet-stream");
        return kept;
    }

    Exchange with(String name, String value) {
        http.response().putHeader(name, value);
        return this;
    }

    void empty(int status) {
        http.response().setStatusCode(status).end();
    }

    void xml(int status, String xml) {
        bytes(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int status, String type, byte[] content) {
        with("Content-Type", type);
        if (method().equals("HEAD")) {
            with("Content-Length", Integer.toString(content.length)).empty(status);
            return;
        }
        http.response().setStatusCode(status).end(Buffer.buffer(content));
    }
}
