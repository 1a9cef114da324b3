package io.countersign.presign;

import io.countersign.oss.PercentEncoding;
import io.countersign.registry.Bucket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds the URL of an object from its bucket's endpoint: {@code https://bucket.host/key} when the template has the bucket in its host, {@code https://host/key} when
 * the host is one of the bucket's domains, and {@code https://host/bucket/key} otherwise, whether or not the template has the bucket in its path.
 */
public final class ObjectUrl {
    private static final String BUCKET = "{bucket}";
    private static final String PATH_STYLE = "/" + BUCKET;

    private ObjectUrl() {}

    /** Returns the URL; empty when the bucket's endpoint is not an http or https URL of a host, followed by at most the bucket when the host does not contain it. */
    public static Optional<String> of(Bucket bucket, String key) {
        Optional<String> base = base(bucket);
        return base.map(url -> url + PercentEncoding.encodePath(key));
    }

    private static Optional<String> base(Bucket bucket) {
        String endpoint = bucket.endpointInRegion();
        boolean pathStyle = endpoint.endsWith(PATH_STYLE);
        String template = pathStyle ? endpoint.substring(0, endpoint.length() - PATH_STYLE.length()) : endpoint;
        String filled = template.replace(BUCKET, bucket.name());
        try {
            URI uri = new URI(filled);
            if (!isEndpoint(uri)) {
                return Optional.empty();
            }
            boolean ownHost = template.contains(BUCKET)
                    || bucket.domains().contains(uri.getHost().toLowerCase(Locale.ROOT));
            if (ownHost && pathStyle) {
                // The host names the bucket already, so a bucket in the path would be part of the key.
                return Optional.empty();
            }
            String root = uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority() + "/";
            return Optional.of(ownHost ? root : root + bucket.name() + "/");
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isEndpoint(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (path.isEmpty() || path.equals("/"));
    }
}
