package io.countersign.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;

/** A key that signs callbacks as OSS's does. */
public record CallbackKey(KeyPair pair) {
    private static final int BITS = 1024;

    /** @param what makes another key for each text */
    public static CallbackKey of(String what) {
        return new CallbackKey(Seeds.keys("RSA", new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4), what));
    }

    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /** The file that OSS publishes. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /**
     * The header Authorization.
     *
     * @param target the path, and the query with its question mark
     */
    public String sign(String target, String body) {
        try {
            Signature signature = Signature.getInstance("MD5withRSA");
            signature.initSign(pair.getPrivate(), Seeds.secure());
            signature.update((target + "\n" + body).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
