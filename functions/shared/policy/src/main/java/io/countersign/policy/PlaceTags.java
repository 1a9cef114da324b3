package io.countersign.policy;

import java.util.Map;
import java.util.Optional;

/**
 * The tags of a right's resource. They belong to the resource and not to the request: the source of a copy has other
 * tags than its target.
 *
 * @param bucket for {@code oss:BucketTag/k}
 * @param object for {@code oss:ExistingObjectTag/k}
 * @param resource for {@code acs:ResourceTag/k}, RAM's key for all services
 */
public record PlaceTags(Tags bucket, Tags object, Tags resource) {
    public static final PlaceTags UNKNOWN = new PlaceTags(Tags.UNKNOWN, Tags.UNKNOWN);

    /** A role is not in a bucket and not an object. RAM can tag roles, and their tags are unknown here. */
    static final PlaceTags OF_ROLE = new PlaceTags(Tags.NONE, Tags.NONE, Tags.UNKNOWN);

    /** Of OSS's resources only buckets have RAM's tags (help.aliyun.com, "Manage bucket tags"). */
    public PlaceTags(Tags bucket, Tags object) {
        this(bucket, object, bucket);
    }

    /**
     * The tags of a bucket, of an object or of a request. Either all of them are known or none: a tag that is not
     * among the known ones is absent.
     *
     * @param known empty when the tags are unknown
     */
    public record Tags(Optional<Map<String, String>> known) {
        public static final Tags UNKNOWN = new Tags(Optional.empty());

        /** No tags. */
        public static final Tags NONE = of(Map.of());

        public Tags {
            known = known.map(Map::copyOf);
        }

        /** @param all every tag by its name */
        public static Tags of(Map<String, String> all) {
            return new Tags(Optional.of(all));
        }

        KeyState state(String name) {
            return known.isEmpty()
                    ? KeyState.unknown()
                    : KeyState.found(Optional.ofNullable(known.get().get(name)));
        }
    }
}
