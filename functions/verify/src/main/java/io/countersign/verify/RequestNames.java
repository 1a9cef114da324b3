package io.countersign.verify;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import io.countersign.registry.FactsQuery;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Name;
import io.countersign.signing.CredentialScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request names, so that all of it can be read at once. */
record RequestNames(KeyRegistry registry, FormatStep format, SessionOpener sessions) {
    /** Of a request whose bucket is not known for sure: it is read as if its host still belonged to whom it belonged last. */
    List<Name> of(VerifyRequest request, Instant now) {
        try {
            OssRequest oss = format.address(request, registry::lastBucketOfDomain);
            return oss.method() == HttpMethod.OPTIONS
                    ? List.of(new Name.OfFacts(bucket(oss)))
                    : of(format.parse(request, oss), now);
        } catch (OssRefusal refusal) {
            // It is refused for good when it is read for sure.
            return List.of();
        }
    }

    List<Name> of(ParsedRequest request, Instant now) {
        List<Name> names = new ArrayList<>();
        names.add(new Name.OfFacts(FactsLoader.own(request)));
        FactsLoader.ofSource(request).map(Name.OfFacts::new).ifPresent(names::add);
        if (request.oss().target() instanceof Target.Service) {
            Credentials.scopeOf(request.credentials())
                    .map(CredentialScope::region)
                    .map(Name.OfRegion::new)
                    .ifPresent(names::add);
        }
        names.addAll(session(request.credentials(), now));
        return names;
    }

    static FactsQuery bucket(OssRequest oss) {
        Set<String> buckets = ParsedRequest.bucketOf(oss.target()).map(Set::of).orElse(Set.of());
        return new FactsQuery(Optional.empty(), buckets, Optional.empty());
    }

    private List<Name> session(Credentials credentials, Instant now) {
        return switch (credentials) {
            case Credentials.None none -> List.of();
            case Credentials.Signed signed ->
                signed.securityToken().map(token -> sessions.names(token, now)).orElse(List.of());
        };
    }
}
