package io.countersign.upstream;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;

/**
 * What a ListBuckets asks for.
 *
 * @param prefix how the names begin
 * @param marker the names come after it
 * @param maxKeys their largest number
 */
public record BucketQuery(String prefix, String marker, int maxKeys) {
    private static final int USUAL = 100;

    /** @throws OssRefusal InvalidArgument for a max-keys that OSS does not take */
    public static BucketQuery of(QueryParameters query) throws OssRefusal {
        return new BucketQuery(
                query.first("prefix").orElse(""),
                query.first("marker").orElse(""),
                ListBounds.of(query, "max-keys", USUAL));
    }
}
