package io.countersign.signing;

import io.countersign.oss.OssRequest;
import io.countersign.signing.base.RequestDate;
import io.countersign.signing.v1.V1;
import io.countersign.signing.v2.V2;
import io.countersign.signing.v4.V4;

/**
 * Compares a presented signature with the one that the request must have under a secret, in constant time.
 * It looks at nothing else: dates and expiry are {@link Validity}'s, keys, tokens and regions the caller's.
 */
public final class SignatureVerifier {
    private final SigningKeys signingKeys;

    public SignatureVerifier(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /** @param signed what {@link Presented#parse} read from this very request */
    public SignatureCheck check(Presented.Signed signed, OssRequest request, Secret secret) {
        return switch (signed) {
            case Presented.V1Header v1 -> V1.check(request, date(request), v1.signature(), secret);
            case Presented.V1Url v1 -> V1.check(request, Long.toString(v1.expires()), v1.signature(), secret);
            case Presented.V2Header v2 ->
                V2.check(request, v2.additionalHeaders(), date(request), v2.signature(), secret);
            case Presented.V2Url v2 ->
                V2.check(request, v2.additionalHeaders(), Long.toString(v2.expires()), v2.signature(), secret);
            case Presented.V4Header v4 ->
                check(v4, new V4.Terms(v4.scope(), date(request), v4.additionalHeaders(), false), request, secret);
            case Presented.V4Url v4 ->
                check(v4, new V4.Terms(v4.scope(), v4.date(), v4.additionalHeaders(), true), request, secret);
        };
    }

    private SignatureCheck check(Presented.Signed signed, V4.Terms terms, OssRequest request, Secret secret) {
        return V4.check(request, terms, signed.signature(), signingKeys.key(terms.scope(), secret));
    }

    private static String date(OssRequest request) {
        return RequestDate.of(request.headers()).orElse("");
    }
}
