package io.countersign.oss;

import java.nio.charset.StandardCharsets;

/** The rule for bucket names: 3 to 63 lower-case letters, digits and hyphens, without a hyphen at either end. */
public final class BucketName {
    private static final int MIN = 3;
    private static final int MAX = 63;

    private BucketName() {}

    public static boolean isValid(String name) {
        int length = name.length();
        if (length < MIN || length > MAX || name.charAt(0) == '-' || name.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!HostText.isLabelCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns a valid name unchanged.
     *
     * @throws OssRefusal InvalidBucketName otherwise
     */
    public static String checked(String name) throws OssRefusal {
        if (isValid(name)) {
            return name;
        }
        throw new OssRefusal(
                OssError.INVALID_BUCKET_NAME,
                "The specified bucket is not valid: a name has 3 to 63 lower-case letters, digits and hyphens, and no hyphen at its ends.");
    }

    /**
     * The rule for object keys: 1 to {@value #MAX_BYTES} bytes of UTF-8, without NUL. Everything else is kept
     * literally: slashes in any place, {@code ..}, backslashes, and control characters, which OSS stores too (its
     * {@code encoding-type} exists for them).
     */
    public static final class ObjectName {
        public static final int MAX_BYTES = 1_023;

        private ObjectName() {}

        /**
         * Returns a valid key unchanged.
         *
         * @throws OssRefusal InvalidObjectName otherwise
         */
        public static String checked(String key) throws OssRefusal {
            if (key.isEmpty() || key.indexOf('\0') >= 0 || isTooLong(key)) {
                throw new OssRefusal(
                        OssError.INVALID_OBJECT_NAME,
                        "The specified object is not valid: a key has 1 to " + MAX_BYTES
                                + " bytes of UTF-8 and no NUL.");
            }
            return key;
        }

        private static boolean isTooLong(String key) {
            // A character has at most three bytes, so most keys need no count.
            return key.length() > MAX_BYTES / 3
                    && (key.length() > MAX_BYTES || key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
        }
    }
}
