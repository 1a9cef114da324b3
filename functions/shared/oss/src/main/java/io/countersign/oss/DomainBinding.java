package io.countersign.oss;

import java.util.Optional;

/** Custom domains, each bound to one bucket, that are known without asking a store. */
@FunctionalInterface
public interface DomainBinding extends DomainLookup<RuntimeException> {
    /** No domain is bound. */
    DomainBinding NONE = host -> Optional.empty();

    @Override
    Optional<String> bucketOf(String host);
}
