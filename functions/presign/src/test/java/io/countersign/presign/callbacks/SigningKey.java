package io.countersign.presign.callbacks;

import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;

/** A key that signs callbacks as OSS's does. */
record SigningKey(KeyPair pair) {
    private static final int BITS = 1024;

    /** @param what makes another key for each text */
    static SigningKey of(String what) {
        return new SigningKey(Seeds.keys("RSA", new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4), what));
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** The header Authorization. */
    String sign(String target, String body) {
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
