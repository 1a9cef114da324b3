package io.countersign.identity.token;

import io.countersign.json.JsonText;
import io.countersign.registry.TokenKeyRing;
import io.countersign.signing.base.Pool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
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
    private static final byte DOT = '.';
    private static final int DOTS = 4;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    /** For opening only: each call sets its key and nonce. A cipher for sealing would refuse the nonce of its last call, so each has its own. */
    private static final Pool<Cipher> OPENING = new Pool<>(TokenCipher::make);

    private TokenCipher() {}

    /** @param random draws the nonce of 96 bits */
    static String seal(byte[] content, TokenKeyRing.TokenKey key, SecureRandom random) {
        return seal(content, Optional.empty(), key, random);
    }

    /** As {@link #seal(byte[], TokenKeyRing.TokenKey, SecureRandom)}, with the type in the header, which the tag covers. */
    static String seal(byte[] content, Optional<String> type, TokenKeyRing.TokenKey key, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header = BASE64.encode(header(key.id(), type));
        try {
            Cipher cipher = unused();
            cipher.init(Cipher.ENCRYPT_MODE, aes(key), parameters(nonce));
            cipher.updateAAD(header);
            ByteBuffer sealed = ByteBuffer.wrap(cipher.doFinal(content));
            int end = sealed.limit() - TAG_BYTES;
            return compact(
                    ByteBuffer.wrap(header),
                    BASE64.encode(ByteBuffer.wrap(nonce)),
                    BASE64.encode(sealed.slice(0, end)),
                    BASE64.encode(sealed.slice(end, TAG_BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * Opens a token; empty when it was not sealed under this key. The content takes the place of the sealed one, so the parts of a token are used up: a token that is not
     * known yet is opened once.
     */
    static Optional<byte[]> open(TokenText.Sealed token, TokenKeyRing.TokenKey key) {
        Cipher cipher = OPENING.take();
        try {
            cipher.init(Cipher.DECRYPT_MODE, aes(key), parameters(token.nonce()));
            cipher.updateAAD(token.header());
            byte[] content = token.content();
            byte[] sealed = Arrays.copyOf(content, content.length + TAG_BYTES);
            System.arraycopy(token.tag(), 0, sealed, content.length, TAG_BYTES);
            cipher.doFinal(sealed, 0, sealed.length, content, 0);
            OPENING.giveBack(cipher);
            return Optional.of(content);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] header(String keyId, Optional<String> type) {
        return JsonText.utf8(json -> {
            json.put("alg", ALGORITHM).put("enc", ENCRYPTION).put("kid", keyId);
            type.ifPresent(name -> json.put("typ", name));
        });
    }

    /** The parts of a JWE whose key is not encrypted, each in base64url. */
    private static String compact(ByteBuffer header, ByteBuffer nonce, ByteBuffer content, ByteBuffer tag) {
        int length = header.remaining() + nonce.remaining() + content.remaining() + tag.remaining() + DOTS;
        ByteBuffer text = ByteBuffer.allocate(length);
        text.put(header)
                .put(DOT)
                .put(DOT)
                .put(nonce)
                .put(DOT)
                .put(content)
                .put(DOT)
                .put(tag);
        return new String(text.array(), StandardCharsets.ISO_8859_1);
    }

    /** A cipher that has sealed nothing, by the provider of the others: a lookup without one asks all providers. */
    private static Cipher unused() throws GeneralSecurityException {
        Cipher other = OPENING.take();
        Provider provider = other.getProvider();
        OPENING.giveBack(other);
        return Cipher.getInstance(TRANSFORMATION, provider);
    }

    private static Cipher make() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
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
