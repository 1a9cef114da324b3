package io.countersign.oss;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The resource of a right: one target, or every object of a bucket with a prefix. */
public sealed interface Scope permits Target, Scope.ObjectPrefix, Scope.AccountObjects {
    /**
     * All keys with the prefix; an empty prefix is the whole bucket ({@code bucket/*}). An Allow must contain all of
     * them; a Deny that matches one of them applies.
     */
    record ObjectPrefix(String bucket, String prefix) implements Scope {
        /** The common prefix of the paths of these objects: {@code bucket/prefix}. */
        public String stem() {
            return bucket + "/" + prefix;
        }
    }

    /**
     * Every object of every bucket of the account that owns this one. An Allow must contain all of them; a Deny that
     * matches one of them applies.
     */
    record AccountObjects(String bucket) implements Scope {}

    /** The buckets of the places, in their order and each once. The service has none. */
    static Set<String> buckets(Iterable<? extends Scope> places) {
        Set<String> buckets = new LinkedHashSet<>();
        places.forEach(place -> place.bucketName().ifPresent(buckets::add));
        return Collections.unmodifiableSet(buckets);
    }

    /** The bucket's name; empty for the service. */
    default Optional<String> bucketName() {
        return switch (this) {
            case Target.Service service -> Optional.empty();
            case Target.Bucket bucket -> Optional.of(bucket.bucket());
            case Target.ObjectKey object -> Optional.of(object.bucket());
            case ObjectPrefix prefix -> Optional.of(prefix.bucket());
            case AccountObjects objects -> Optional.of(objects.bucket());
        };
    }

    /**
     * The path in {@code acs:oss:region:owner:path} (docs/protocol.md 9): {@code *} for the service, {@code bucket},
     * {@code bucket/key}, {@code bucket/prefix*}, or {@code *}{@code /*}.
     */
    default String path() {
        return after("");
    }

    /** Appends {@link #path()}; for an object, which is the usual scope, without a string in between. */
    default void appendPath(StringBuilder text) {
        if (this instanceof Target.ObjectKey object) {
            text.append(object.bucket()).append('/').append(object.key());
        } else {
            text.append(path());
        }
    }

    /**
     * The ARN {@code acs:oss:*:owner:path} (docs/protocol.md 9).
     *
     * @param owner the id of the account that owns the bucket; {@code *} when it is unknown
     */
    default String arn(String owner) {
        return after("acs:oss:*:" + owner + ":");
    }

    private String after(String beginning) {
        return switch (this) {
            case Target.Service service -> beginning + "*";
            case Target.Bucket bucket -> beginning + bucket.bucket();
            case Target.ObjectKey object -> beginning + object.bucket() + "/" + object.key();
            case ObjectPrefix prefix -> beginning + prefix.stem() + "*";
            case AccountObjects objects -> beginning + "*/*";
        };
    }
}
