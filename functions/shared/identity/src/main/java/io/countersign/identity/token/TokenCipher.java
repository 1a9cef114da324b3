package io.countersign.identity.token;

import io.countersign.registry.TokenKeyRing;
import io.smallrye.jwt.algorithm.ContentEncryptionAlgorithm;
import io.smallrye.jwt.algorithm.KeyEncryptionAlgorithm;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;

/** Seals tokens as compact JWEs: AES-256-GCM directly under a token key ({@code dir}), without compression. */
final class TokenCipher {
    static final String ALGORITHM = KeyEncryptionAlgorithm.DIR.getAlgorithm();
    static final String ENCRYPTION = ContentEncryptionAlgorithm.A256GCM.getAlgorithm();

    private TokenCipher() {}

    /** @param random draws the nonce of 96 bits */
    static String seal(String content, TokenKeyRing.TokenKey key, SecureRandom random) {
        ProviderContext context = new ProviderContext();
        context.setSecureRandom(random);
        JsonWebEncryption jwe = jwe(key);
        jwe.setProviderContext(context);
        jwe.setAlgorithmHeaderValue(ALGORITHM);
        jwe.setEncryptionMethodHeaderParameter(ENCRYPTION);
        jwe.setKeyIdHeaderValue(key.id());
        jwe.setPayload(content);
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * Opens a token; empty when it was not sealed under this key.
     *
     * @param text in the form that {@link TokenText#keyId} accepts
     */
    static Optional<byte[]> open(String text, TokenKeyRing.TokenKey key) {
        JsonWebEncryption jwe = jwe(key);
        try {
            jwe.setCompactSerialization(text);
            return Optional.of(jwe.getPlaintextBytes());
        } catch (JoseException e) {
            return Optional.empty();
        }
    }

    private static JsonWebEncryption jwe(TokenKeyRing.TokenKey key) {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(only(ALGORITHM));
        jwe.setContentEncryptionAlgorithmConstraints(only(ENCRYPTION));
        jwe.setKey(aes(key));
        return jwe;
    }

    private static AlgorithmConstraints only(String algorithm) {
        return new AlgorithmConstraints(ConstraintType.PERMIT, algorithm);
    }

    private static Key aes(TokenKeyRing.TokenKey key) {
        return new SecretKeySpec(Base64.getUrlDecoder().decode(key.secret().reveal()), "AES");
    }
}
