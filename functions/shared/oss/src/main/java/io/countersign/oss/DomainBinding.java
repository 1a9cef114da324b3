package io.countersign.oss;

import java.util.Optional;

/** The custom domains and the bucket that each is bound to. */
@FunctionalInterface
public interface DomainBinding {
    /** A binding without domains. */
    DomainBinding NONE = host -> Optional.empty();

    /**
     * Returns the bucket that a host is bound to.
     *
     * @param host without its port, in lower case
     */
    Optional<String> bucketOf(String host);
}
