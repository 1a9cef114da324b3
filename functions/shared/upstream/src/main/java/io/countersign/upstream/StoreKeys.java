package io.countersign.upstream;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;

/**
 * Refuses keys that a server on the way may read as others: one that resolves {@code .} and {@code ..} in a path would
 * leave the key that was judged, and with path style its bucket.
 */
public final class StoreKeys {
    private StoreKeys() {}

    /**
     * Checks a key that goes to a store in any place: the path, a source, a target, a process.
     *
     * @throws OssRefusal InvalidObjectName
     */
    public static void check(String key) throws OssRefusal {
        for (String segment : key.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new OssRefusal(
                        OssError.INVALID_OBJECT_NAME,
                        "The specified object is not valid: with a store behind the bucket, a key has no . or .. between"
                                + " slashes.");
            }
        }
    }
}
