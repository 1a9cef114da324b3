package io.countersign.oss;

import java.util.Optional;

/**
 * The address of a request.
 *
 * @param host the Host without its port, in lower case
 * @param port of the Host: digits, or empty where it has none
 * @param region the region in the host ({@code cn-hangzhou} in {@code oss-cn-hangzhou.aliyuncs.com}), if it has one
 */
public record Address(Target target, Style style, String host, String port, Optional<String> region) {
    /** The address of a request whose Host has no port, or is not known. */
    public Address(Target target, Style style, String host, Optional<String> region) {
        this(target, style, host, "", region);
    }

    /** Returns this address with another target in its bucket. */
    public Address with(Target other) {
        return new Address(other, style, host, port, region);
    }

    /** The Host as it was sent, in lower case. */
    public String authority() {
        return authority(host);
    }

    /** What a client needs as its endpoint to come here again: the Host without the bucket before it. */
    public String endpoint() {
        String before = target.bucketName().orElse("") + ".";
        return authority(
                style == Style.VIRTUAL_HOST && host.startsWith(before) ? host.substring(before.length()) : host);
    }

    /**
     * The URL of the target.
     *
     * @param secure whether it begins with {@code https}
     */
    public String url(boolean secure) {
        StringBuilder url = new StringBuilder(secure ? "https://" : "http://")
                .append(authority())
                .append('/');
        if (style == Style.PATH) {
            target.bucketName().ifPresent(bucket -> url.append(bucket).append('/'));
        }
        if (target instanceof Target.ObjectKey object) {
            PercentEncoding.encodePath(object.key(), url);
        }
        return url.toString();
    }

    private String authority(String name) {
        return port.isEmpty() ? name : name + ":" + port;
    }

    /** The way in which a URL names its bucket. */
    public enum Style {
        /** {@code bucket.base/key}. */
        VIRTUAL_HOST,
        /** {@code base/bucket/key}, and the service itself. */
        PATH,
        /** A custom domain that is bound to one bucket (CNAME). */
        CUSTOM_DOMAIN
    }
}
