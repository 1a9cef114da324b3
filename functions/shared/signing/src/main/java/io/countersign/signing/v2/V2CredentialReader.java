package io.countersign.signing.v2;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CredentialReader;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.base.AuthorizationPairs;
import java.util.List;
import java.util.Optional;

/** Reads V2 credentials (docs/protocol.md 2). */
public final class V2CredentialReader {
    private V2CredentialReader() {}

    /** @param credentials the text after {@code OSS2 } in the Authorization header */
    public static RequestCredentials.V2Header header(OssRequest request, String credentials) throws OssRefusal {
        AuthorizationPairs pairs = AuthorizationPairs.parse(credentials, ':');
        String id = pairs.take("AccessKeyId");
        String signature = pairs.take("Signature");
        Optional<String> additional = pairs.takeOptional("AdditionalHeaders");
        pairs.done();
        if (!CredentialReader.isPossibleId(id)) {
            throw new OssRefusal(OssError.INVALID_AUTHORIZATION, "AccessKeyId is not an access key id.");
        }
        return new RequestCredentials.V2Header(id, signature, token(request), names(additional));
    }

    public static RequestCredentials.V2Url url(OssRequest request) throws OssRefusal {
        Optional<String> id = CredentialReader.single(request, "x-oss-access-key-id");
        Optional<String> signature = CredentialReader.single(request, "x-oss-signature");
        Optional<String> expires = CredentialReader.single(request, "x-oss-expires");
        Optional<String> additional = CredentialReader.single(request, "x-oss-additional-headers");
        if (id.isEmpty() || !CredentialReader.isPossibleId(id.get())) {
            throw new OssRefusal(
                    OssError.MISSING_URL_PARAMETERS,
                    "Query-string authentication requires the x-oss-access-key-id, x-oss-expires and x-oss-signature parameters.");
        }
        if (expires.isEmpty()) {
            throw new OssRefusal(OssError.MISSING_EXPIRES);
        }
        if (signature.isEmpty()) {
            throw new OssRefusal(OssError.MISSING_SIGNATURE);
        }
        return new RequestCredentials.V2Url(
                id.get(), signature.get(), token(request), names(additional), CredentialReader.expires(expires.get()));
    }

    private static Optional<SecurityToken> token(OssRequest request) throws OssRefusal {
        return CredentialReader.token(
                request, List.of("x-oss-security-token"), List.of("security-token", "x-oss-security-token"));
    }

    private static List<String> names(Optional<String> additional) throws OssRefusal {
        return additional.isEmpty() ? List.of() : CredentialReader.additionalHeaders(additional.get());
    }
}
