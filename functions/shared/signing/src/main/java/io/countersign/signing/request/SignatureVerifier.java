package io.countersign.signing.request;

import io.countersign.oss.OssRequest;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.v1.V1;
import io.countersign.signing.v2.V2;
import io.countersign.signing.v4.V4;

/**
 * Compares a presented signature with the signature of the request under a secret, in constant time. It checks nothing else: {@link Validity} checks dates and expiry,
 * the caller checks keys, tokens and regions.
 */
public final class SignatureVerifier {
    private final SigningKeys signingKeys;

    public SignatureVerifier(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /** @param signed the result of {@link CredentialsParser#parse} for this request */
    public SignatureCheck check(RequestCredentials.Signed signed, OssRequest request, Secret secret) {
        return switch (signed) {
            case RequestCredentials.V1Header v1 ->
                V1.check(request, date(request), v1.signature(), signingKeys.v1(secret));
            case RequestCredentials.V1Url v1 ->
                V1.check(request, Long.toString(v1.expires()), v1.signature(), signingKeys.v1(secret));
            case RequestCredentials.V2Header v2 ->
                V2.check(request, v2.additionalHeaders(), date(request), v2.signature(), signingKeys.v2(secret));
            case RequestCredentials.V2Url v2 ->
                V2.check(
                        request,
                        v2.additionalHeaders(),
                        Long.toString(v2.expires()),
                        v2.signature(),
                        signingKeys.v2(secret));
            case RequestCredentials.V4Header v4 -> check(v4, terms(v4, request), request, secret);
            case RequestCredentials.V4Url v4 -> check(v4, terms(v4), request, secret);
        };
    }

    /**
     * The stages of a signature of this request, as most signers write them. It needs no secret and does not check the signature.
     *
     * @param signed the result of {@link CredentialsParser#parse} for this request
     */
    public static CanonicalForm form(RequestCredentials.Signed signed, OssRequest request) {
        return switch (signed) {
            case RequestCredentials.V1Header v1 -> V1.form(request, date(request));
            case RequestCredentials.V1Url v1 -> V1.form(request, Long.toString(v1.expires()));
            case RequestCredentials.V2Header v2 -> V2.form(request, v2.additionalHeaders(), date(request));
            case RequestCredentials.V2Url v2 -> V2.form(request, v2.additionalHeaders(), Long.toString(v2.expires()));
            case RequestCredentials.V4Header v4 -> V4.form(request, terms(v4, request));
            case RequestCredentials.V4Url v4 -> V4.form(request, terms(v4));
        };
    }

    private SignatureCheck check(RequestCredentials.Signed signed, V4.Terms terms, OssRequest request, Secret secret) {
        return V4.check(request, terms, signed.signature(), signingKeys.v4(terms.scope(), secret));
    }

    private static V4.Terms terms(RequestCredentials.V4Header v4, OssRequest request) {
        return new V4.Terms(v4.scope(), date(request), v4.additionalHeaders(), false);
    }

    private static V4.Terms terms(RequestCredentials.V4Url v4) {
        return new V4.Terms(v4.scope(), v4.date(), v4.additionalHeaders(), true);
    }

    private static String date(OssRequest request) {
        return SigningTime.RequestDate.of(request.headers()).orElse("");
    }
}
