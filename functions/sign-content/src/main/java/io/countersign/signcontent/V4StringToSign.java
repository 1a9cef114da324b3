package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.SelfSignature;
import java.util.regex.Pattern;

/**
 * V4's string to sign (docs/protocol.md 3). It contains a hash of the request, so authorizing it needs the canonical request.
 *
 * @param datetime such as {@code 20261122T025236Z}
 * @param day such as {@code 20261122}
 */
record V4StringToSign(String text, String datetime, String day, String region, String product) {
    private static final Pattern SCOPE =
            Pattern.compile("([0-9]{8})/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})/" + CredentialScope.TERMINATOR);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** @throws ProblemException InvalidContent for any other text */
    static V4StringToSign parse(String text) throws ProblemException {
        PlainText.require(text);
        String[] lines = text.split("\n", -1);
        if (lines.length != 4
                || !lines[0].equals("OSS4-HMAC-SHA256")
                || !HASH.matcher(lines[3]).matches()) {
            throw malformed();
        }
        var scope = SCOPE.matcher(lines[2]);
        if (!scope.matches() || SigningTime.parseIso(lines[1]).isEmpty()) {
            throw malformed();
        }
        return new V4StringToSign(text, lines[1], scope.group(1), scope.group(2), scope.group(3));
    }

    /** Returns the scope with an access key id. */
    CredentialScope scope(String accessKeyId) {
        return new CredentialScope(accessKeyId, day, region, product);
    }

    /** Whether the string is that of this canonical request: the string is built again and compared. */
    boolean isOf(String canonicalRequest) {
        return SelfSignature.stringToSign(datetime, scope(""), canonicalRequest).equals(text);
    }

    private static ProblemException malformed() {
        return ContentError.INVALID_CONTENT.cause(
                "The stringToSign is not V4's: OSS4-HMAC-SHA256, the time as 20261122T025236Z, day/region/product/aliyun_v4_request and a SHA-256 in lower-case hex, each on a line of its own.");
    }
}
