package io.countersign.identity.token;

import io.countersign.json.JsonText;
import io.countersign.registry.TokenKeyRing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals tokens as compact JWEs (RFC 7516, 7.1): AES-256-GCM directly under a token key ({@code dir}), without compression.
 *
 * <p>A session is opened for each request with a token that was not seen before. jose4j, which allocates ten times as much for it, checks this form in the tests, in both directions.
 */
final class TokenCipher {
    static final String ALGORITHM = "dir";
    static final String ENCRYPTION = "A256GCM";
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;

    private TokenCipher() {}

    /** @param random draws the nonce of 96 bits */
    static String seal(String content, TokenKeyRing.TokenKey key, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header =
                Base64.getUrlEncoder().withoutPadding().encode(header(key.id()).getBytes(StandardCharsets.UTF_8));
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            cipher.updateAAD(header);
            byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
            int end = sealed.length - TAG_BYTES;
            return new String(header, StandardCharsets.ISO_8859_1)
                    + ".."
                    + base64(nonce)
                    + "."
                    + base64(Arrays.copyOf(sealed, end))
                    + "."
                    + base64(Arrays.copyOfRange(sealed, end, sealed.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** Opens a token; empty when it was not sealed under this key. */
    static Optional<byte[]> open(TokenText.Sealed token, TokenKeyRing.TokenKey key) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, token.nonce());
            cipher.updateAAD(token.header());
            return Optional.of(cipher.doFinal(token.content()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static String header(String keyId) {
        return JsonText.object(
                json -> json.put("alg", ALGORITHM).put("enc", ENCRYPTION).put("kid", keyId));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Cipher cipher(int mode, TokenKeyRing.TokenKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, aes(key), new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
        return cipher;
    }

    private static SecretKeySpec aes(TokenKeyRing.TokenKey key) throws InvalidKeyException {
        byte[] bytes = Base64.getUrlDecoder().decode(key.secret().reveal());
        if (bytes.length != KEY_BYTES) {
            throw new InvalidKeyException("a token key has " + KEY_BYTES + " bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
