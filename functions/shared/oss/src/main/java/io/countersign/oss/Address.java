package io.countersign.oss;

import java.util.Optional;

/**
 * The address of a request.
 *
 * @param host the Host without its port, in lower case
 * @param region the region in the host ({@code cn-hangzhou} in {@code oss-cn-hangzhou.aliyuncs.com}), if it has one
 */
public record Address(Target target, Style style, String host, Optional<String> region) {

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
