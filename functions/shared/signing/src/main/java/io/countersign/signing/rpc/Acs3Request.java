package io.countersign.signing.rpc;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.RedactingSink;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The input of an ACS3 signature (docs/protocol.md 6).
 *
 * @param path decoded; {@code /} for RPC-style calls
 * @param signedHeaders the signed names, in lower case and sorted; a header that the request does not have gets no line
 * @param payloadHash the SHA-256 of the body in hex; the caller compares it with the body
 */
public record Acs3Request(
        HttpMethod method,
        String path,
        QueryParameters query,
        Headers headers,
        List<String> signedHeaders,
        String payloadHash) {
    static final String ALGORITHM = "ACS3-HMAC-SHA256";

    public Acs3Request {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** The stages, with fingerprints in place of security tokens. */
    public CanonicalForm form() {
        return new CanonicalForm(
                Optional.of(canonicalRequest(RedactingSink.PRINTABLE)),
                stringToSign(canonicalRequest(RedactingSink.EXACT)));
    }

    String stringToSign() {
        return stringToSign(canonicalRequest(RedactingSink.EXACT));
    }

    private static String stringToSign(String canonicalRequest) {
        return ALGORITHM + '\n' + Hmac.Digests.sha256Hex(canonicalRequest);
    }

    private String canonicalRequest(RedactingSink sink) {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n');
        PercentEncoding.encodePath(path, text);
        text.append('\n');
        CanonicalQuery.appendAssigned(query, text, sink);
        text.append('\n');
        HeaderLines.of(headers, signedHeaders::contains).appendTo(text, sink);
        text.append('\n');
        text.append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }

    /** Makes and checks ACS3-HMAC-SHA256 (docs/protocol.md 6). The key is the secret itself. */
    public static final class Signature {
        private Signature() {}

        /** The credentials for the request's Authorization header. */
        public static Acs3Credentials sign(Acs3Request request, AccessKey key) {
            return new Acs3Credentials(key.id(), request.signedHeaders(), signature(request, key.secret()));
        }

        /** @param request with the signed headers that the credentials name */
        public static SignatureCheck check(Acs3Request request, String signature, Secret secret) {
            return ConstantTime.equal(signature(request, secret), signature)
                    ? new SignatureCheck.Matches()
                    : new SignatureCheck.Mismatch(request.form());
        }

        private static String signature(Acs3Request request, Secret secret) {
            return HexFormat.of().formatHex(Hmac.sha256(Hmac.sha256Key(secret.reveal()), request.stringToSign()));
        }
    }
}
