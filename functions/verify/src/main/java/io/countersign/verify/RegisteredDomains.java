package io.countersign.verify;

import io.countersign.oss.DomainBinding;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Optional;

/**
 * The registry's custom domains, for a parser that knows no store.
 *
 * @param later what the request asks for once its bucket is known
 */
record RegisteredDomains(KeyRegistry registry, Later later, Instant now) implements DomainBinding {
    @Override
    public Optional<String> bucketOf(String host) {
        try {
            return registry.bucketOfDomain(host, later, now);
        } catch (StoreUnavailable e) {
            throw new Unanswered(e);
        }
    }

    /** Carries the store's silence through the parser. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final StoreUnavailable reason;

        Unanswered(StoreUnavailable reason) {
            super(reason);
            this.reason = reason;
        }

        StoreUnavailable reason() {
            return reason;
        }
    }
}
