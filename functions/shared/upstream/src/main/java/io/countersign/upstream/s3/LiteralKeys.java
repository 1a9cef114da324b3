package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.List;

/**
 * Refuses names that some stores fold into others: one with a segment that is empty, {@code .} or {@code ..}. A store
 * on a file system reads {@code a//b} and {@code a/./b} as {@code a/b}, so what was judged would not be what is read.
 */
final class LiteralKeys {
    private LiteralKeys() {}

    /** @throws OssRefusal InvalidObjectName */
    static void check(String key) throws OssRefusal {
        String[] segments = key.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean folder = i == segments.length - 1 && i > 0;
            if (segments[i].isEmpty() && !folder || isDots(segments[i])) {
                throw refused();
            }
        }
    }

    /**
     * A prefix is the beginning of keys, so that its last segment may be of any length.
     *
     * @throws OssRefusal InvalidObjectName
     */
    static void checkPrefix(String prefix) throws OssRefusal {
        if (!prefix.isEmpty()) {
            check(prefix);
        }
    }

    private static boolean isDots(String segment) {
        return List.of(".", "..").contains(segment);
    }

    private static OssRefusal refused() {
        return new OssRefusal(
                OssError.INVALID_OBJECT_NAME,
                "The specified object is not valid: in front of a store that speaks S3 a key does not begin with a slash and has no //, and no segment . or .., which some stores fold.");
    }
}
