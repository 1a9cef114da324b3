package io.countersign.gateway.storage;

import io.countersign.json.JsonText;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** The login of an app: signs tokens with a key of its own (ES256). */
public final class Tokens {
    public static final String ISSUER = "https://login.example.com";
    public static final String AUDIENCE = "app";

    private final KeyPair keys;

    public Tokens() {
        keys = Seeds.keys("EC", new ECGenParameterSpec("secp256r1"));
    }

    /** The token of one of the app's users, good for ten minutes. */
    public String of(String subject) throws GeneralSecurityException {
        return of(subject, Instant.now());
    }

    /** The same, made at another moment. */
    public String of(String subject, Instant issued) throws GeneralSecurityException {
        long now = issued.getEpochSecond();
        String head = JsonText.object(json -> json.put("alg", "ES256").put("kid", "k1"));
        String claims = JsonText.object(json -> json.put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("sub", subject)
                .put("iat", now)
                .put("exp", now + 600));
        String content =
                base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate(), Seeds.secure());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + base64(signature.sign());
    }

    /** The public key set. */
    public String jwks() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return JsonText.object(json -> json.array(
                "keys",
                array -> array.object(jwk -> jwk.put("kty", "EC")
                        .put("crv", "P-256")
                        .put("kid", "k1")
                        .put("alg", "ES256")
                        .put("use", "sig")
                        .put("x", base64(octets(key.getW().getAffineX().toByteArray())))
                        .put("y", base64(octets(key.getW().getAffineY().toByteArray()))))));
    }

    private static byte[] octets(byte[] number) {
        byte[] octets = new byte[32];
        int length = Math.min(number.length, 32);
        System.arraycopy(
                Arrays.copyOfRange(number, number.length - length, number.length), 0, octets, 32 - length, length);
        return octets;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
