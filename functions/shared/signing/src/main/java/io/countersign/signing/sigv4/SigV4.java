package io.countersign.signing.sigv4;

import io.countersign.oss.Headers;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SigV4Scope;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Signs requests to S3 stores in the Authorization header. Safe for any number of threads. */
public final class SigV4 {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final SigningKeys signingKeys;

    public SigV4(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /**
     * Returns the request's headers with {@code x-amz-date}, {@code x-amz-content-sha256}, the token and
     * {@code authorization}. The signature covers every header of the request and those that it adds.
     *
     * @param token of a session's key
     * @param region as the store names it
     * @throws IllegalArgumentException when the request already has one of these headers, or the region or the key's
     *     id cannot be part of a credential
     */
    public Headers signed(
            SigV4Request request, AccessKey key, Optional<SecurityToken> token, String region, Instant now) {
        String date = SigningTime.iso(now);
        Headers headers = request.headers()
                .and("x-amz-content-sha256", request.payload().text())
                .and("x-amz-date", date);
        if (token.isPresent()) {
            headers = headers.and("x-amz-security-token", token.get().reveal());
        }
        SigV4Request whole =
                new SigV4Request(request.method(), request.path(), request.query(), headers, request.payload());
        SigV4Scope scope = new SigV4Scope(key.id(), date.substring(0, 8), region);
        String signature =
                HexFormat.of().formatHex(signingKeys.sigV4(scope, key.secret()).sign(stringToSign(whole, scope, date)));
        if (headers.has("authorization")) {
            throw new IllegalArgumentException("a request to sign has no Authorization yet");
        }
        return headers.and(
                "authorization",
                ALGORITHM + " Credential=" + scope.credential() + ", SignedHeaders=" + whole.signedHeaders()
                        + ", Signature=" + signature);
    }

    private static String stringToSign(SigV4Request request, SigV4Scope scope, String date) {
        return ALGORITHM + '\n' + date + '\n' + scope.line() + '\n' + Hmac.Digests.sha256Hex(request.canonical());
    }
}
