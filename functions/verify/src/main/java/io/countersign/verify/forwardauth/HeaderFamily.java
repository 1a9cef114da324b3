package io.countersign.verify.forwardauth;

import io.countersign.http.Header;
import java.util.Optional;

/**
 * The headers in which a proxy reports the client's request. One family is configured. Headers of the other are ignored, because a client may have sent them.
 */
public enum HeaderFamily {
    /** {@code X-Original-Method}, {@code X-Original-URI}, {@code X-Original-Host}: set by hand in nginx. */
    NGINX("nginx", "X-Original-Method", "X-Original-URI", "X-Original-Host"),
    /** {@code X-Forwarded-Method}, {@code X-Forwarded-Uri}, {@code X-Forwarded-Host}: sent by Traefik and Caddy. */
    FORWARDED("forwarded", "X-Forwarded-Method", "X-Forwarded-Uri", "X-Forwarded-Host");

    private final String text;
    private final String method;
    private final String uri;
    private final String host;

    HeaderFamily(String text, String method, String uri, String host) {
        this.text = text;
        this.method = method;
        this.uri = uri;
        this.host = host;
    }

    /** The value of the setting. */
    public String text() {
        return text;
    }

    public static Optional<HeaderFamily> of(String text) {
        for (HeaderFamily family : values()) {
            if (family.text.equals(text)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    String method() {
        return method;
    }

    String uri() {
        return uri;
    }

    String host() {
        return host;
    }

    /** Whether a header is of the family. */
    boolean has(Header header) {
        return header.isNamed(method) || header.isNamed(uri) || header.isNamed(host);
    }
}
