package io.countersign.signing.rpc;

import io.countersign.oss.OssRefusal;
import io.countersign.signing.CredentialReader;
import io.countersign.signing.base.AuthorizationPairs;
import java.util.List;
import java.util.Optional;

/**
 * A parsed ACS3 Authorization header.
 *
 * @param signedHeaders in lower case and sorted
 */
public record Acs3Credentials(String accessKeyId, List<String> signedHeaders, String signature) {
    public Acs3Credentials {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /**
     * @return empty when the header is of another scheme
     * @throws OssRefusal when it is ACS3 and malformed
     */
    public static Optional<Acs3Credentials> parse(String authorization) throws OssRefusal {
        if (!authorization.startsWith(Acs3Request.ALGORITHM + ' ')) {
            return Optional.empty();
        }
        AuthorizationPairs pairs =
                AuthorizationPairs.parse(authorization.substring(Acs3Request.ALGORITHM.length() + 1), '=');
        String id = pairs.take("Credential");
        List<String> names = CredentialReader.additionalHeaders(pairs.take("SignedHeaders"));
        String signature = pairs.take("Signature");
        pairs.done();
        return Optional.of(new Acs3Credentials(id, names, signature));
    }

    /** The value of the header. */
    public String authorization() {
        return Acs3Request.ALGORITHM + " Credential=" + accessKeyId + ",SignedHeaders="
                + String.join(";", signedHeaders) + ",Signature=" + signature;
    }
}
