package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.List;

/**
 * Refuses names that some stores fold into others: one with a segment that is empty, {@code .} or {@code ..}. A store
 * on a file system reads {@code a//b}, {@code a/./b} and {@code a/b/} as {@code a/b}, so what was judged would not be
 * what is read.
 */
final class LiteralKeys {
    private LiteralKeys() {}

    /** @throws OssRefusal InvalidObjectName */
    static void check(String key) throws OssRefusal {
        checkPrefix(key);
        if (key.endsWith("/")) {
            throw refused();
        }
    }

    /**
     * A prefix is the beginning of keys, so that its last segment may be of any length.
     *
     * @throws OssRefusal InvalidObjectName
     */
    static void checkPrefix(String prefix) throws OssRefusal {
        String[] segments = prefix.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean empty = segments[i].isEmpty() && (i == 0 || i < segments.length - 1);
            if (!prefix.isEmpty() && (empty || isDots(segments[i]))) {
                throw refused();
            }
        }
    }

    private static boolean isDots(String segment) {
        return List.of(".", "..").contains(segment);
    }

    private static OssRefusal refused() {
        return new OssRefusal(
                OssError.INVALID_OBJECT_NAME,
                "The specified object is not valid: in front of a store that speaks S3 a key neither begins nor ends with a slash and has no //, and no segment . or .., which some stores fold. A folder needs no object of its own.");
    }
}
