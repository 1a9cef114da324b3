package io.countersign.identity.token;

import io.countersign.json.JsonText;
import io.countersign.registry.TokenKeyRing;
import io.countersign.signing.base.Pool;
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

    /** For opening only: each call sets its key and nonce. A cipher for sealing would refuse the nonce of its last call, so each has its own. */
    private static final Pool<Cipher> OPENING = new Pool<>(TokenCipher::make);

    private TokenCipher() {}

    /** @param random draws the nonce of 96 bits */
    static String seal(String content, TokenKeyRing.TokenKey key, SecureRandom random) {
        return seal(content, Optional.empty(), key, random);
    }

    /** As {@link #seal(String, TokenKeyRing.TokenKey, SecureRandom)}, with the type in the header, which the tag covers. */
    static String seal(String content, Optional<String> type, TokenKeyRing.TokenKey key, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header = Base64.getUrlEncoder()
                .withoutPadding()
                .encode(header(key.id(), type).getBytes(StandardCharsets.UTF_8));
        try {
            Cipher cipher = make();
            cipher.init(Cipher.ENCRYPT_MODE, aes(key), parameters(nonce));
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
        Cipher cipher = OPENING.take();
        try {
            cipher.init(Cipher.DECRYPT_MODE, aes(key), parameters(token.nonce()));
            cipher.updateAAD(token.header());
            byte[] sealed = token.content();
            byte[] plain = new byte[sealed.length - TAG_BYTES];
            cipher.doFinal(sealed, 0, sealed.length, plain, 0);
            OPENING.giveBack(cipher);
            return Optional.of(plain);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static String header(String keyId, Optional<String> type) {
        return JsonText.object(json -> {
            json.put("alg", ALGORITHM).put("enc", ENCRYPTION).put("kid", keyId);
            type.ifPresent(name -> json.put("typ", name));
        });
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Cipher make() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static GCMParameterSpec parameters(byte[] nonce) {
        return new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce);
    }

    private static SecretKeySpec aes(TokenKeyRing.TokenKey key) throws InvalidKeyException {
        byte[] bytes = Base64.getUrlDecoder().decode(key.secret().reveal());
        if (bytes.length != KEY_BYTES) {
            throw new InvalidKeyException("a token key has " + KEY_BYTES + " bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
