package io.countersign.signing.v4;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CredentialReader;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.base.AuthorizationPairs;
import java.util.List;
import java.util.Optional;

/** Reads V4 credentials (docs/protocol.md 3). */
public final class V4CredentialReader {
    /** The longest validity of a V4 URL in seconds: seven days. */
    public static final long MAX_EXPIRES = 604_800;

    private static final List<String> TOKEN = List.of("x-oss-security-token");

    private V4CredentialReader() {}

    /** @param credentials the text after {@code OSS4-HMAC-SHA256 } in the Authorization header */
    public static RequestCredentials.V4Header header(OssRequest request, String credentials) throws OssRefusal {
        AuthorizationPairs pairs = AuthorizationPairs.parse(credentials, '=');
        String credential = pairs.take("Credential");
        String signature = pairs.take("Signature");
        Optional<String> additional = pairs.takeOptional("AdditionalHeaders");
        pairs.done();
        return new RequestCredentials.V4Header(
                CredentialScope.parse(credential), signature, token(request), names(additional));
    }

    public static RequestCredentials.V4Url url(OssRequest request) throws OssRefusal {
        Optional<String> signature = CredentialReader.single(request, "x-oss-signature");
        Optional<String> credential = CredentialReader.single(request, "x-oss-credential");
        Optional<String> date = CredentialReader.single(request, "x-oss-date");
        Optional<String> expires = CredentialReader.single(request, "x-oss-expires");
        Optional<String> additional = CredentialReader.single(request, "x-oss-additional-headers");
        if (credential.isEmpty()) {
            throw new OssRefusal(
                    OssError.INVALID_CREDENTIAL,
                    "Query-string authentication requires the x-oss-credential parameter.");
        }
        CredentialScope scope = CredentialScope.parse(credential.get());
        if (expires.isEmpty()) {
            throw new OssRefusal(OssError.MISSING_EXPIRES);
        }
        if (signature.isEmpty()) {
            throw new OssRefusal(OssError.MISSING_SIGNATURE);
        }
        if (date.isEmpty()) {
            throw new OssRefusal(OssError.INVALID_DATE);
        }
        return new RequestCredentials.V4Url(
                scope, signature.get(), token(request), names(additional), date.get(), expires(expires.get()));
    }

    private static long expires(String text) throws OssRefusal {
        long seconds = CredentialReader.digits(text, 6).orElse(0L);
        if (seconds < 1 || seconds > MAX_EXPIRES) {
            throw new OssRefusal(OssError.EXPIRES_OUT_OF_RANGE);
        }
        return seconds;
    }

    private static Optional<SecurityToken> token(OssRequest request) throws OssRefusal {
        return CredentialReader.token(request, TOKEN, TOKEN);
    }

    private static List<String> names(Optional<String> additional) throws OssRefusal {
        return additional.isEmpty() ? List.of() : CredentialReader.additionalHeaders(additional.get());
    }
}
