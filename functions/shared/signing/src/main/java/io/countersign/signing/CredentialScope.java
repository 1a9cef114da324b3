package io.countersign.signing;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;

/**
 * The scope of a V4 credential (docs/protocol.md 3): {@code accessKeyId/date/region/product/aliyun_v4_request}.
 *
 * @param date the day as {@code yyyyMMdd}: eight digits, not necessarily a day of the calendar
 * @param region without a prefix, such as {@code cn-hangzhou}; the caller compares it with the bucket's
 */
public record CredentialScope(String accessKeyId, String date, String region, String product) {
    public static final String TERMINATOR = "aliyun_v4_request";
    /** The product of object storage; a cloud box has another. */
    public static final String OSS = "oss";

    private static final int MAX_NAME = 64;

    /**
     * The scope of a signature that Countersign makes.
     *
     * @throws OssRefusal InvalidSigningRegion when the region or the product cannot be part of a credential
     */
    public static CredentialScope of(AccessKey key, String day, String region, String product) throws OssRefusal {
        CredentialScope scope = new CredentialScope(key.id(), day, region, product);
        if (!scope.isWellFormed()) {
            throw new OssRefusal(
                    OssError.INVALID_SIGNING_REGION, "V4 needs the bucket's region, such as cn-hangzhou; set it.");
        }
        return scope;
    }

    /** @throws OssRefusal InvalidArgument when the text does not have five well-formed parts */
    public static CredentialScope parse(String text) throws OssRefusal {
        int date = text.indexOf('/');
        int region = next(text, date);
        int product = next(text, region);
        int end = next(text, product);
        if (end < 0 || !text.startsWith(TERMINATOR, end + 1)) {
            throw refused();
        }
        CredentialScope scope = new CredentialScope(
                text.substring(0, date),
                text.substring(date + 1, region),
                text.substring(region + 1, product),
                product(text, product + 1, end));
        if (text.length() != end + 1 + TERMINATOR.length() || !scope.isWellFormed()) {
            throw refused();
        }
        return scope;
    }

    /** {@code date/region/product/aliyun_v4_request}, a line of the string to sign. */
    public String line() {
        StringBuilder text = new StringBuilder(64);
        appendLine(text);
        return text.toString();
    }

    /** Appends {@link #line()}. */
    public void appendLine(StringBuilder text) {
        text.append(date).append('/').append(region).append('/').append(product).append('/');
        text.append(TERMINATOR);
    }

    /** The credential as requests contain it. */
    public String credential() {
        StringBuilder text = new StringBuilder(96).append(accessKeyId).append('/');
        appendLine(text);
        return text.toString();
    }

    boolean isWellFormed() {
        return isName(accessKeyId, AccessKey.MAX_ID_LENGTH)
                && isDay(date)
                && isName(region, MAX_NAME)
                && isName(product, MAX_NAME);
    }

    private static String product(String text, int from, int to) {
        return to - from == OSS.length() && text.startsWith(OSS, from) ? OSS : text.substring(from, to);
    }

    private static int next(String text, int slash) {
        return slash < 0 ? -1 : text.indexOf('/', slash + 1);
    }

    private static boolean isDay(String text) {
        if (text.length() != 8) {
            return false;
        }
        for (int i = 0; i < 8; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '/' || c == ',') {
                return false;
            }
        }
        return true;
    }

    private static OssRefusal refused() {
        return new OssRefusal(
                OssError.INVALID_CREDENTIAL,
                "The credential is not of the form AccessKeyId/yyyyMMdd/region/product/aliyun_v4_request; sign again with an SDK.");
    }
}
