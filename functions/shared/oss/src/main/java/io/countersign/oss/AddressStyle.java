package io.countersign.oss;

/** How a URL names its bucket. */
public enum AddressStyle {
    /** {@code bucket.base/key}. */
    VIRTUAL_HOST,
    /** {@code base/bucket/key}; the service itself as well. */
    PATH,
    /** A custom domain bound to one bucket (CNAME). */
    CUSTOM_DOMAIN
}
