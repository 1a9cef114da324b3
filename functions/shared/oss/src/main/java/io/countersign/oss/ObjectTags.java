package io.countersign.oss;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tags of {@code x-oss-tagging}: {@code k1=v1&k2=v2}, each piece percent-encoded (help.aliyun.com, PutObject). */
public final class ObjectTags {
    private ObjectTags() {}

    /**
     * @throws OssRefusal InvalidArgument when a tag is repeated, because two readers could use different values, or an
     *     encoding is broken
     */
    public static List<QueryParameter> parse(String header) throws OssRefusal {
        List<QueryParameter> tags = QueryParameters.parse(OuterSpace.trim(header), EncodedText.TAGGING)
                .list();
        Set<String> names = new HashSet<>();
        for (QueryParameter tag : tags) {
            if (!names.add(tag.name())) {
                throw new OssRefusal(OssError.INVALID_ARGUMENT, "x-oss-tagging names a tag twice; send each once.");
            }
        }
        return tags;
    }
}
