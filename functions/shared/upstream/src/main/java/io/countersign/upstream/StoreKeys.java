package io.countersign.upstream;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.LiteralKeys;
import io.countersign.registry.Upstream;

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
                        "The specified object is not valid: with a store behind the bucket, a key has no . or .."
                                + " between slashes.");
            }
        }
    }

    /**
     * Checks a key that names an object of this store, which may fold keys.
     *
     * @throws OssRefusal InvalidObjectName
     */
    public static void check(String key, Upstream upstream) throws OssRefusal {
        checkKept(key, upstream);
        check(key);
    }

    /**
     * Checks that this store keeps a key apart from others. {@link #check(String)} is asked as well, before the store is known or after.
     *
     * @throws OssRefusal InvalidObjectName
     */
    public static void checkKept(String key, Upstream upstream) throws OssRefusal {
        if (!LiteralKeys.keeps(upstream, key)) {
            throw folded();
        }
    }

    /**
     * Checks a prefix of keys of this store.
     *
     * @throws OssRefusal InvalidObjectName
     */
    public static void checkPrefix(String prefix, Upstream upstream) throws OssRefusal {
        if (!LiteralKeys.keepsPrefix(upstream, prefix)) {
            throw folded();
        }
    }

    private static OssRefusal folded() {
        return new OssRefusal(OssError.INVALID_OBJECT_NAME, "The specified object is not valid: " + LiteralKeys.RULE);
    }
}
