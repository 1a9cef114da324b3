package io.countersign.oss;

import java.util.Optional;

/** Custom domains and the one bucket that each is bound to. */
@FunctionalInterface
public interface DomainBinding {
    /** No domain is bound. */
    DomainBinding NONE = host -> Optional.empty();

    /**
     * The bucket that a host is bound to.
     *
     * @param host without its port, in lower case
     */
    Optional<String> bucketOf(String host);
}
