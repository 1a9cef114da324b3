package io.countersign.policy;

/**
 * The tags of the place where a right is needed. They belong to the place and not to the request: the source of a copy has others than its target.
 *
 * @param bucket for {@code oss:BucketTag/k}
 * @param object for {@code oss:ExistingObjectTag/k}
 * @param resource for {@code acs:ResourceTag/k}, RAM's key for all services
 */
public record PlaceTags(Tags bucket, Tags object, Tags resource) {
    public static final PlaceTags UNKNOWN = new PlaceTags(Tags.UNKNOWN, Tags.UNKNOWN);

    /** A role is in no bucket and is no object. RAM gives tags to roles, and nothing here tells them. */
    static final PlaceTags OF_ROLE = new PlaceTags(Tags.NONE, Tags.NONE, Tags.UNKNOWN);

    /** Of OSS's resources it is the buckets that have RAM's tags (help.aliyun.com, "Manage bucket tags"). */
    public PlaceTags(Tags bucket, Tags object) {
        this(bucket, object, bucket);
    }
}
