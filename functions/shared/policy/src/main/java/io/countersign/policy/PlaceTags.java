package io.countersign.policy;

import java.util.Map;
import java.util.Optional;

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

    /**
     * The tags of a bucket, of an object or of a request, all of them or none known: a tag that is not among those which were told is absent.
     *
     * @param told empty when nothing is known of them
     */
    public record Tags(Optional<Map<String, String>> told) {
        public static final Tags UNKNOWN = new Tags(Optional.empty());

        /** There are none. */
        public static final Tags NONE = of(Map.of());

        public Tags {
            told = told.map(Map::copyOf);
        }

        /** @param all every tag, by its name */
        public static Tags of(Map<String, String> all) {
            return new Tags(Optional.of(all));
        }

        KeyState state(String name) {
            return told.isEmpty()
                    ? KeyState.unknown()
                    : KeyState.found(Optional.ofNullable(told.get().get(name)));
        }
    }
}
