package io.countersign.verify.decide;

import io.countersign.oss.DomainLookup;
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

/** Lists the records that a request names, so that they can be read at once. */
record RequestNames(KeyRegistry registry, FormatStep format, SessionOpener sessions) {
    /** The records of a request whose bucket is uncertain. It is read as if its host were still bound to the bucket that was known last. */
    List<ReadAhead.Hint> of(VerifyRequest request, Instant now) {
        try {
            OssRequest oss = format.address(request, registry::lastBucketOfDomain);
            return oss.method() == HttpMethod.OPTIONS
                    ? List.of(new ReadAhead.Hint.OfFacts(bucket(oss)))
                    : of(format.parse(request, oss), now);
        } catch (OssRefusal refusal) {
            // The request is refused when it is read with the current binding.
            return List.of();
        }
    }

    List<ReadAhead.Hint> of(ParsedRequest request, Instant now) {
        List<ReadAhead.Hint> names = new ArrayList<>();
        names.add(new ReadAhead.Hint.OfFacts(FactsLoader.own(request, request.buckets())));
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

    static Facts.Query bucket(OssRequest oss) {
        Set<String> buckets = oss.target().bucketName().map(Set::of).orElse(Set.of());
        return new Facts.Query(Optional.empty(), buckets, Optional.empty());
    }

    private List<ReadAhead.Hint> session(Credentials credentials, Instant now) {
        return switch (credentials) {
            case Credentials.None none -> List.of();
            case Credentials.Signed signed ->
                signed.securityToken().map(token -> sessions.names(token, now)).orElse(List.of());
        };
    }

    /**
     * Resolves custom domains by the registry.
     *
     * @param ahead the records that the request needs once its bucket is known
     */
    record RegisteredDomains(KeyRegistry registry, ReadAhead ahead, Instant now)
            implements DomainLookup<StoreUnavailable> {
        @Override
        public Optional<String> bucketOf(String host) throws StoreUnavailable {
            return registry.bucketOfDomain(host, ahead, now);
        }
    }
}
