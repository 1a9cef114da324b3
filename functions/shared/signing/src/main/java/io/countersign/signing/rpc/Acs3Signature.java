package io.countersign.signing.rpc;

import io.countersign.signing.AccessKey;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.Hmac;
import java.util.HexFormat;

/** ACS3-HMAC-SHA256 made and checked (protocol.md 6). The key is the secret itself: nothing is derived. */
public final class Acs3Signature {
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
