package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A simulated OpenID Connect provider with one user. Its ES256 key pair exists only in this process. */
final class DemoIdentityProvider {
    static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private static final String KEY_ID = "demo";
    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;

    DemoIdentityProvider(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has P-256", e);
        }
    }

    /** Writes the members of the public key as a JWK (RFC 7517). */
    void publicKey(JsonText.ObjectWriter jwk) {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        jwk.put("kty", "EC")
                .put("crv", "P-256")
                .put("alg", "ES256")
                .put("use", "sig")
                .put("kid", KEY_ID)
                .put("x", coordinate(key.getW().getAffineX()))
                .put("y", coordinate(key.getW().getAffineY()));
    }

    /** Returns an ID token for the user, valid for {@link #TOKEN_LIFE}. */
    String token(Instant now) {
        String header = JsonText.object(
                json -> json.put("alg", "ES256").put("typ", "JWT").put("kid", KEY_ID));
        String claims = JsonText.object(json -> json.put("iss", DemoManifest.Names.ISSUER)
                .put("aud", DemoManifest.Names.AUDIENCE)
                .put("sub", DemoManifest.Names.SUBJECT)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(TOKEN_LIFE).getEpochSecond()));
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has ECDSA", e);
        }
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return base64(fixed);
    }

    private static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
