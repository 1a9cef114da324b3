package io.countersign.oss;

import java.nio.charset.StandardCharsets;

/**
 * The rule for object keys: 1 to {@value #MAX_BYTES} bytes of UTF-8, without NUL. Everything else is kept literally: slashes at any place, {@code ..},
 * backslashes, and control characters, which OSS stores too (its {@code encoding-type} exists for them).
 */
public final class ObjectName {
    public static final int MAX_BYTES = 1_023;

    private ObjectName() {}

    /**
     * The key itself when it is valid.
     *
     * @throws OssRefusal InvalidObjectName otherwise
     */
    public static String checked(String key) throws OssRefusal {
        if (key.isEmpty() || key.indexOf('\0') >= 0 || isTooLong(key)) {
            throw new OssRefusal(
                    OssError.INVALID_OBJECT_NAME,
                    "The specified object is not valid: a key has 1 to " + MAX_BYTES + " bytes of UTF-8 and no NUL.");
        }
        return key;
    }

    private static boolean isTooLong(String key) {
        // A character takes at most three bytes, so most keys need no count.
        return key.length() > MAX_BYTES / 3
                && (key.length() > MAX_BYTES || key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
    }
}
