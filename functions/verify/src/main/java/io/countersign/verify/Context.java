package io.countersign.verify;

import io.countersign.policy.PlaceTags;
import java.util.Optional;

/**
 * What a trusted program knows for conditions that the request itself does not tell.
 *
 * @param placeTags the tags of the request's bucket and of its object; of DeleteMultipleObjects, of each object that it deletes
 * @param requestObjectTags the tags that the request would give its object; to be told where the request's header does not
 * @param sourceVpc the VPC that the request came through; empty: none where the address is public, else unknown
 * @param mfaPresent whether the caller proved itself by a second factor; empty: it did not
 */
public record Context(
        PlaceTags placeTags,
        PlaceTags.Tags requestObjectTags,
        Optional<String> sourceVpc,
        Optional<Boolean> mfaPresent) {
    /** Nothing more is known. */
    public static final Context NONE =
            new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.UNKNOWN, Optional.empty(), Optional.empty());

    /** @param vpc empty when it is not known through which one, or whether through any */
    public static Context from(Optional<String> vpc) {
        return new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.UNKNOWN, vpc, Optional.empty());
    }
}
