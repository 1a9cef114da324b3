package io.countersign.oss;

import java.util.Optional;

/**
 * Where a request goes.
 *
 * @param host the Host without its port, in lower case
 * @param region the region that the host names ({@code oss-cn-hangzhou.aliyuncs.com} names {@code cn-hangzhou}), if it names one
 */
public record Address(Target target, AddressStyle style, String host, Optional<String> region) {

    /** How a URL names its bucket. */
    public enum AddressStyle {
        /** {@code bucket.base/key}. */
        VIRTUAL_HOST,
        /** {@code base/bucket/key}; the service itself as well. */
        PATH,
        /** A custom domain bound to one bucket (CNAME). */
        CUSTOM_DOMAIN
    }
}
