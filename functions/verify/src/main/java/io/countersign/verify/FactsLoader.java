package io.countersign.verify;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Target;
import io.countersign.registry.Facts;
import io.countersign.registry.FactsQuery;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Later;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the registry for all that a request needs; that a request which reads a second object needs that one's ACL as well is known beforehand. */
record FactsLoader(KeyRegistry registry) {
    KnownFacts load(ParsedRequest request, Later later, Instant now) throws StoreUnavailable {
        FactsQuery query = own(request);
        Facts facts = registry.load(query, later, now);
        Map<Target.ObjectKey, Optional<Acl>> acls = new HashMap<>();
        query.object().ifPresent(object -> acls.put(object, facts.objectAcl()));
        Optional<FactsQuery> further = ofSource(request);
        Optional<Target.ObjectKey> source = further.flatMap(FactsQuery::object);
        if (further.isPresent() && source.isPresent()) {
            acls.put(source.get(), registry.load(further.get(), later, now).objectAcl());
        }
        return new KnownFacts(facts, acls);
    }

    static FactsQuery own(ParsedRequest request) {
        return new FactsQuery(IdentityStep.registryKey(request.credentials()), request.buckets(), object(request));
    }

    static Optional<FactsQuery> ofSource(ParsedRequest request) {
        Optional<Target.ObjectKey> source = source(request, object(request));
        return source.isEmpty() ? Optional.empty() : Optional.of(new FactsQuery(Optional.empty(), Set.of(), source));
    }

    private static Optional<Target.ObjectKey> object(ParsedRequest request) {
        return request.rights().stream()
                .limit(1)
                .map(Right::scope)
                .filter(Target.ObjectKey.class::isInstance)
                .map(Target.ObjectKey.class::cast)
                .findFirst();
    }

    /** The source of a copy, the target of a symlink: what else is read besides the request's own object. */
    private static Optional<Target.ObjectKey> source(ParsedRequest request, Optional<Target.ObjectKey> own) {
        return request.rights().stream()
                .filter(RightsNeeded::isFurtherRead)
                .map(Right::scope)
                .filter(Target.ObjectKey.class::isInstance)
                .map(Target.ObjectKey.class::cast)
                .filter(object -> own.isPresent() && !object.equals(own.get()))
                .findFirst();
    }
}
