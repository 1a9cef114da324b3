package io.countersign.verify.decide;

import io.countersign.oss.Acl;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.BucketFacts;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads the facts of a request from the registry. A request that reads a second object also needs that object's ACL, and this is known from the request. */
record FactsLoader(KeyRegistry registry) {
    /** @param buckets every bucket that the request touches */
    KnownFacts load(ParsedRequest request, Set<String> buckets, ReadAhead ahead, Instant now) throws StoreUnavailable {
        Facts.Query query = own(request, buckets);
        Facts facts = registry.load(query, ahead, now);
        Optional<Target.ObjectKey> own = query.object();
        Optional<Facts.Query> further = ofSource(request);
        Optional<Target.ObjectKey> source = further.isPresent() ? further.get().object() : Optional.empty();
        if (own.isPresent() && source.isPresent()) {
            Optional<Acl> ofSource = registry.load(further.get(), ahead, now).objectAcl();
            return new KnownFacts(facts, Map.of(own.get(), facts.objectAcl(), source.get(), ofSource));
        }
        return new KnownFacts(facts, own.isPresent() ? Map.of(own.get(), facts.objectAcl()) : Map.of());
    }

    static Facts.Query own(ParsedRequest request, Set<String> buckets) {
        return new Facts.Query(IdentityStep.registryKey(request.credentials()), buckets, object(request));
    }

    static Optional<Facts.Query> ofSource(ParsedRequest request) {
        Optional<Target.ObjectKey> source = source(request, object(request));
        return source.isEmpty() ? Optional.empty() : Optional.of(new Facts.Query(Optional.empty(), Set.of(), source));
    }

    private static Optional<Target.ObjectKey> object(ParsedRequest request) {
        return !request.rights().isEmpty() && request.rights().getFirst().scope() instanceof Target.ObjectKey object
                ? Optional.of(object)
                : Optional.empty();
    }

    /** The source of a copy or the target of a symlink: the second object that a request reads. */
    private static Optional<Target.ObjectKey> source(ParsedRequest request, Optional<Target.ObjectKey> own) {
        for (Right right : request.rights()) {
            if (AuthorisationStep.RightsNeeded.isFurtherRead(right)
                    && right.scope() instanceof Target.ObjectKey object
                    && own.isPresent()
                    && !object.equals(own.get())) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }

    /**
     * The registry's facts about a request.
     *
     * @param objectAcls the loaded objects, with their own ACL if they have one
     */
    record KnownFacts(Facts facts, Map<Target.ObjectKey, Optional<Acl>> objectAcls) {
        KnownFacts {
            objectAcls = Map.copyOf(objectAcls);
        }

        /** The object's own ACL. An object that was not loaded counts as private, because its ACL may be private. */
        Optional<Acl> objectAcl(Scope scope) {
            return scope instanceof Target.ObjectKey object
                    ? objectAcls.getOrDefault(object, Optional.of(Acl.PRIVATE))
                    : Optional.of(Acl.PRIVATE);
        }

        /** @throws OssRefusal NoSuchBucket */
        BucketFacts bucket(String name) throws OssRefusal {
            Bucket bucket = facts.bucket(name)
                    .orElseThrow(() -> new OssRefusal(
                            OssError.NO_SUCH_BUCKET, OssError.NO_SUCH_BUCKET.message(), Map.of("BucketName", name)));
            return new BucketFacts(bucket.name(), bucket.region(), bucket.accountId(), bucket.acl(), bucket.policy());
        }
    }
}
