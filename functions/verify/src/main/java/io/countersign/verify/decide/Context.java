package io.countersign.verify.decide;

import io.countersign.policy.PlaceTags;
import java.util.Optional;

/**
 * Facts for policy conditions that a trusted program adds to the request.
 *
 * @param placeTags the tags of the request's bucket and of its object; for DeleteMultipleObjects, of each object that it deletes
 * @param requestObjectTags the tags that the request gives its object, where no header of the request says so
 * @param sourceVpc the VPC that the request came through; empty: none where the address is public, else unknown
 * @param mfaPresent whether the caller authenticated with a second factor; empty: it did not
 */
public record Context(
        PlaceTags placeTags,
        PlaceTags.Tags requestObjectTags,
        Optional<String> sourceVpc,
        Optional<Boolean> mfaPresent) {
    private static final String VPC = "vpc-";
    private static final int MAX_VPC = 128;

    /** No facts. */
    public static final Context NONE =
            new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.UNKNOWN, Optional.empty(), Optional.empty());

    /** @param vpc the VPC that the request came through; empty when it is unknown */
    public static Context from(Optional<String> vpc) {
        return new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.UNKNOWN, vpc, Optional.empty());
    }

    /** Whether the text is the id of a VPC: {@code vpc-} and 1 to 124 characters. */
    public static boolean isVpcId(String text) {
        if (!text.startsWith(VPC) || text.length() == VPC.length() || text.length() > MAX_VPC) {
            return false;
        }
        for (int i = VPC.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
