package io.countersign.identity;

import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Tokens by the text of their header and payload, so that a test controls them exactly. */
public record TestToken(String header, String payload) {
    public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    public static final String ISSUER = "https://idp.example";
    public static final String AUDIENCE = "app";

    /** A token that is taken at {@link #NOW}: issued a minute ago, valid for an hour. */
    public static TestToken good(String algorithm, String keyId) {
        return new TestToken("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\",\"typ\":\"JWT\"}", claims(""));
    }

    /** The claims of a good token, and more members (which begin with a comma). */
    public static String claims(String more) {
        return claims(NOW.getEpochSecond() - 60, NOW.getEpochSecond() + 3600, more);
    }

    public static String claims(long issued, long expires, String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"alice\",\"iat\":" + issued
                + ",\"exp\":" + expires + more + "}";
    }

    public TestToken withHeader(String other) {
        return new TestToken(other, payload);
    }

    public TestToken withPayload(String other) {
        return new TestToken(header, other);
    }

    public String signed(KeyPair pair, String algorithm) {
        return signed(pair.getPrivate(), algorithm);
    }

    /** Signed with this algorithm, whatever the header says. */
    public String signed(Key key, String algorithm) {
        String input = input();
        return input + "." + encoded(signature(key, algorithm, input));
    }

    /** Signed with a public key's own bytes as an HMAC secret: the well-known confusion of algorithms. */
    public String macWith(PublicKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            String input = input();
            return input + "." + encoded(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String unsigned() {
        return input() + ".";
    }

    private String input() {
        return encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** The library signs its own compact form; the bare algorithm signs ours, which may say what the library would not write. */
    private static byte[] signature(Key key, String algorithm, String input) {
        try {
            ProviderContext context = new ProviderContext();
            context.setSecureRandom(Seeds.secure());
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            jws.setAlgorithmHeaderValue(algorithm);
            return jws.getAlgorithm()
                    .sign(jws.getAlgorithm().prepareForSign(key, context), input.getBytes(StandardCharsets.UTF_8));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
