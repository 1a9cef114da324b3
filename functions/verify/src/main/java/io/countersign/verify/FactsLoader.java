package io.countersign.verify;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Target;
import io.countersign.registry.Facts;
import io.countersign.registry.FactsQuery;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the registry once for all that a request needs; once more for one that reads a second object, whose ACL counts as well. */
record FactsLoader(KeyRegistry registry) {
    KnownFacts load(ParsedRequest request, Instant now) throws StoreUnavailable {
        Optional<Target.ObjectKey> own = object(request);
        Facts facts = registry.load(
                new FactsQuery(IdentityStep.registryKey(request.credentials()), request.buckets(), own), now);
        Map<Target.ObjectKey, Optional<Acl>> acls = new HashMap<>();
        own.ifPresent(object -> acls.put(object, facts.objectAcl()));
        Optional<Target.ObjectKey> source = source(request, own);
        if (source.isPresent()) {
            Facts more = registry.load(new FactsQuery(Optional.empty(), Set.of(), source), now);
            acls.put(source.get(), more.objectAcl());
        }
        return new KnownFacts(facts, acls);
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
