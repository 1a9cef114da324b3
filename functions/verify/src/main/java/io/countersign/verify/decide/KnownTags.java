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
 * Whose the tags are that a program told: of the bucket that the request is for, and of the object that it is for, or of the objects that a
 * DeleteMultipleObjects names. Of any other place that a request touches nothing was told: the source of a copy or another version of the same object,
 * where a process saves or might save, what else a V1 signature stands for.
 *
 * @param bucket the request's own; empty for the service
 * @param objects those that the object's tags are of
 * @param ofVersion whether they are of the version that the request names
 */
record KnownTags(Optional<String> bucket, Set<Scope> objects, boolean ofVersion, PlaceTags told) {
    private static final KnownTags NONE = new KnownTags(Optional.empty(), Set.of(), false, PlaceTags.UNKNOWN);

    static KnownTags of(ParsedRequest request, PlaceTags told) {
        return told.equals(PlaceTags.UNKNOWN)
                ? NONE
                : new KnownTags(
                        ParsedRequest.bucketOf(request.oss().target()),
                        objects(request),
                        request.oss().query().has("versionId"),
                        told);
    }

    PlaceTags of(Right right) {
        if (told.equals(PlaceTags.UNKNOWN)) {
            return told;
        }
        boolean ownBucket = bucket.isPresent() && bucket.equals(within(right.scope()));
        boolean ownVersion = ofVersion || !right.action().contains("ObjectVersion");
        boolean ownObject = ownVersion && objects.contains(right.scope());
        return new PlaceTags(
                ownBucket ? told.bucket() : PlaceTags.Tags.UNKNOWN, ownObject ? told.object() : PlaceTags.Tags.UNKNOWN);
    }

    /** The bucket that all of it lies in; empty where it is in none, or in several. */
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
