package io.countersign.signing.v1;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CredentialReader;
import io.countersign.signing.RequestCredentials;
import java.util.List;
import java.util.Optional;

/** Reads V1 credentials (docs/protocol.md 1.1, 1.4). */
public final class V1CredentialReader {
    private static final List<String> HEADERS = List.of("x-oss-security-token", "security-token");
    private static final List<String> URL_HEADERS = List.of("x-oss-security-token");
    private static final List<String> PARAMETERS = List.of("security-token", "x-oss-security-token");

    private V1CredentialReader() {}

    /** @param credentials the text after {@code OSS } in the Authorization header */
    public static RequestCredentials.V1Header header(OssRequest request, String credentials) throws OssRefusal {
        int colon = credentials.indexOf(':');
        if (colon < 0
                || credentials.indexOf(':', colon + 1) >= 0
                || colon + 1 == credentials.length()
                || !CredentialReader.isPossibleId(credentials.substring(0, colon))) {
            throw new OssRefusal(
                    OssError.INVALID_AUTHORIZATION,
                    "The Authorization header is not of the form \"OSS AccessKeyId:Signature\".");
        }
        return new RequestCredentials.V1Header(
                credentials.substring(0, colon),
                credentials.substring(colon + 1),
                // Two official SDKs send their token in a header that V1 does not sign (docs/protocol.md 3, quirks).
                CredentialReader.token(request, HEADERS, PARAMETERS));
    }

    public static RequestCredentials.V1Url url(OssRequest request) throws OssRefusal {
        Optional<String> id = CredentialReader.single(request, "OSSAccessKeyId");
        Optional<String> signature = CredentialReader.single(request, "Signature");
        Optional<String> expires = CredentialReader.single(request, "Expires");
        if (id.isEmpty() || signature.isEmpty() || expires.isEmpty()) {
            String missing = id.isEmpty() ? "OSSAccessKeyId" : signature.isEmpty() ? "Signature" : "Expires";
            throw new OssRefusal(
                    OssError.MISSING_URL_PARAMETERS,
                    OssError.MISSING_URL_PARAMETERS.message() + "; " + missing + " is missing.");
        }
        if (!CredentialReader.isPossibleId(id.get())) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "OSSAccessKeyId is not an access key id.");
        }
        return new RequestCredentials.V1Url(
                id.get(),
                signature.get(),
                CredentialReader.token(request, URL_HEADERS, PARAMETERS),
                CredentialReader.expires(expires.get()));
    }
}
