package io.countersign.signing;

/**
 * The scope of an AWS Signature Version 4 credential: {@code accessKeyId/date/region/s3/aws4_request}
 * (docs.aws.amazon.com, Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header").
 *
 * @param day as {@code yyyyMMdd}
 * @param region as the store names it: {@code us-east-1}, {@code auto}
 */
public record SigV4Scope(String accessKeyId, String day, String region) {
    /** The service of every S3 store. */
    public static final String SERVICE = "s3";

    public static final String TERMINATOR = "aws4_request";

    /**
     * @throws IllegalArgumentException when a part is empty or has a character that ends it: a slash, a comma, white
     *     space, or one that is not visible ASCII
     */
    public SigV4Scope {
        check(accessKeyId);
        check(day);
        check(region);
    }

    /** {@code date/region/s3/aws4_request}, a line of the string to sign. */
    public String line() {
        return day + '/' + region + '/' + SERVICE + '/' + TERMINATOR;
    }

    /** The credential as requests contain it. */
    public String credential() {
        return accessKeyId + '/' + line();
    }

    private static void check(String part) {
        boolean valid = !part.isEmpty();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            valid &= c > ' ' && c < 0x7F && c != '/' && c != ',';
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "a part of a SigV4 credential is visible ASCII without slashes and commas");
        }
    }
}
