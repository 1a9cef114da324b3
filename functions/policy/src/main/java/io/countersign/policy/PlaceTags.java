package io.countersign.policy;

/**
 * The tags of the place where a right is needed. They belong to the place and not to the request: the source of a copy has others than its target.
 *
 * @param bucket for {@code oss:BucketTag/k}
 * @param object for {@code oss:ExistingObjectTag/k}
 */
public record PlaceTags(Tags bucket, Tags object) {
    public static final PlaceTags UNKNOWN = new PlaceTags(Tags.UNKNOWN, Tags.UNKNOWN);

    /** Of what is neither in a bucket nor an object, as a role is. */
    static final PlaceTags NONE = new PlaceTags(Tags.NONE, Tags.NONE);
}
