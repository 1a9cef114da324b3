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
 * What an ACS3 signature goes over (protocol.md 6).
 *
 * @param path decoded; {@code /} for RPC-style calls
 * @param signedHeaders the names that are signed, lower-cased and sorted; one that the request lacks has no line
 * @param payloadHash hex of the body's SHA-256; that it is the body's is for the caller to check
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

    /** The stages, a security token in them replaced by its fingerprint. */
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

    private String canonicalRequest(RedactingSink echo) {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n');
        PercentEncoding.encodePath(path, text);
        text.append('\n');
        CanonicalQuery.appendAssigned(query, text, echo);
        text.append('\n');
        HeaderLines.of(headers, signedHeaders::contains).appendTo(text, echo);
        text.append('\n');
        text.append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }

    /** ACS3-HMAC-SHA256 made and checked (protocol.md 6). The key is the secret itself: nothing is derived. */
    public static final class Acs3Signature {
        private Acs3Signature() {}

        /** The credentials whose {@link Acs3Credentials#authorization()} goes into the request. */
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
