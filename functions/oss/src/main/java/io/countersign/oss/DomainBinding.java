package io.countersign.oss;

import java.util.Optional;

/** Custom domains and the one bucket that each is bound to. */
@FunctionalInterface
public interface DomainBinding {
    /** No domain is bound. */
    DomainBinding NONE = host -> Optional.empty();

    /** @param host without its port, in lower case */
    Optional<String> bucketOf(String host);
}
