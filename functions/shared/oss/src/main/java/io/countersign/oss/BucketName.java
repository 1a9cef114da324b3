package io.countersign.oss;

/** The rule for bucket names: 3 to 63 lower-case letters, digits and hyphens, no hyphen at either end. */
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
     * The name itself when it is valid.
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
}
