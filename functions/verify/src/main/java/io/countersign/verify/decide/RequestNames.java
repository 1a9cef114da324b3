package io.countersign.verify.decide;

import io.countersign.oss.DomainBinding;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.CredentialScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request names, so that all of it can be read at once. */
record RequestNames(KeyRegistry registry, FormatStep format, SessionOpener sessions) {
    /** Of a request whose bucket is not known for sure: it is read as if its host still belonged to whom it belonged last. */
    List<ReadAhead.Hint> of(VerifyRequest request, Instant now) {
        try {
            OssRequest oss = format.address(request, registry::lastBucketOfDomain);
            return oss.method() == HttpMethod.OPTIONS
                    ? List.of(new ReadAhead.Hint.OfFacts(bucket(oss)))
                    : of(format.parse(request, oss), now);
        } catch (OssRefusal refusal) {
            // It is refused for good when it is read for sure.
            return List.of();
        }
    }

    List<ReadAhead.Hint> of(ParsedRequest request, Instant now) {
        List<ReadAhead.Hint> names = new ArrayList<>();
        names.add(new ReadAhead.Hint.OfFacts(FactsLoader.own(request)));
        FactsLoader.ofSource(request).map(ReadAhead.Hint.OfFacts::new).ifPresent(names::add);
        if (request.oss().target() instanceof Target.Service) {
            Credentials.scopeOf(request.credentials())
                    .map(CredentialScope::region)
                    .map(ReadAhead.Hint.OfRegion::new)
                    .ifPresent(names::add);
        }
        names.addAll(session(request.credentials(), now));
        return names;
    }

    static Facts.FactsQuery bucket(OssRequest oss) {
        Set<String> buckets = ParsedRequest.bucketOf(oss.target()).map(Set::of).orElse(Set.of());
        return new Facts.FactsQuery(Optional.empty(), buckets, Optional.empty());
    }

    private List<ReadAhead.Hint> session(Credentials credentials, Instant now) {
        return switch (credentials) {
            case Credentials.None none -> List.of();
            case Credentials.Signed signed ->
                signed.securityToken().map(token -> sessions.names(token, now)).orElse(List.of());
        };
    }

    /**
     * The registry's custom domains, for a parser that knows no store.
     *
     * @param later what the request asks for once its bucket is known
     */
    record RegisteredDomains(KeyRegistry registry, ReadAhead later, Instant now) implements DomainBinding {
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
}
