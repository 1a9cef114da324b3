package io.countersign.verify.decide;

import io.countersign.oss.Operation;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.PlaceTags;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Assigns the tags that a program reported to resources: to the request's bucket and to its object, or to the objects that a
 * DeleteMultipleObjects names. The tags of all other resources that a request touches are unknown: the source of a copy, another version of the same object,
 * the targets of a process, the other readings of a V1 signature.
 *
 * @param bucket the request's own; empty for the service
 * @param objects the objects that the object's tags belong to
 * @param ofVersion whether they belong to the version that the request names
 */
record KnownTags(Optional<String> bucket, Set<Scope> objects, boolean ofVersion, PlaceTags reported) {
    private static final KnownTags NONE = new KnownTags(Optional.empty(), Set.of(), false, PlaceTags.UNKNOWN);

    static KnownTags of(ParsedRequest request, PlaceTags reported) {
        return reported.equals(PlaceTags.UNKNOWN)
                ? NONE
                : new KnownTags(
                        request.oss().target().bucketName(),
                        objects(request),
                        request.oss().query().has("versionId"),
                        reported);
    }

    PlaceTags of(Right right) {
        if (reported.equals(PlaceTags.UNKNOWN)) {
            return reported;
        }
        boolean ownBucket = bucket.isPresent() && bucket.equals(within(right.scope()));
        boolean ownVersion = ofVersion || !right.action().contains("ObjectVersion");
        boolean ownObject = ownVersion && objects.contains(right.scope());
        return new PlaceTags(
                ownBucket ? reported.bucket() : PlaceTags.Tags.UNKNOWN,
                ownObject ? reported.object() : PlaceTags.Tags.UNKNOWN);
    }

    /** The bucket that contains the whole scope; empty when no bucket or several do. */
    private static Optional<String> within(Scope scope) {
        return switch (scope) {
            case Target.Service service -> Optional.empty();
            case Target.Bucket named -> Optional.of(named.bucket());
            case Target.ObjectKey object -> Optional.of(object.bucket());
            case Scope.ObjectPrefix prefix -> Optional.of(prefix.bucket());
            case Scope.AccountObjects objects -> Optional.empty();
        };
    }

    private static Set<Scope> objects(ParsedRequest request) {
        return request.operation().equals(Optional.of(Operation.DELETE_MULTIPLE_OBJECTS))
                ? request.rights().stream()
                        .map(Right::scope)
                        .filter(Target.ObjectKey.class::isInstance)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of(request.oss().target());
    }
}
