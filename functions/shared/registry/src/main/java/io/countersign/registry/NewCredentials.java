package io.countersign.registry;

import io.countersign.signing.Secret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * Generates ids and secrets in OSS's form. Every character is drawn uniformly. The store refuses an id that is in use;
 * session ids are long enough to be unique.
 */
public final class NewCredentials {
    private static final String ALPHANUMERICS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String DIGITS = "0123456789";
    private static final String ID_PREFIX = "LTAI5t";
    private static final int ID_REST = 18;
    private static final int SECRET_LENGTH = 30;
    private static final int ROLE_ID_LENGTH = 18;
    private static final String SESSION_PREFIX = "STS.";
    private static final int SESSION_REST = 25;
    private static final String TOKEN_KEY_PREFIX = "tk-";
    private static final int TOKEN_KEY_REST = 12;
    private static final int TOKEN_KEY_BYTES = 32;
    private static final int UUID_BYTES = 16;

    private NewCredentials() {}

    public static String accessKeyId(SecureRandom random) {
        return ID_PREFIX + draw(random, ALPHANUMERICS, ID_REST);
    }

    public static Secret secret(SecureRandom random) {
        return Secret.of(draw(random, ALPHANUMERICS, SECRET_LENGTH));
    }

    /** A RAM role id: 18 digits. */
    public static String roleId(SecureRandom random) {
        return "3" + draw(random, DIGITS, ROLE_ID_LENGTH - 1);
    }

    /** The access key id of a session: {@code STS.} and 25 more characters. */
    public static String sessionKeyId(SecureRandom random) {
        return SESSION_PREFIX + draw(random, ALPHANUMERICS, SESSION_REST);
    }

    static String tokenKeyId(SecureRandom random) {
        return TOKEN_KEY_PREFIX + draw(random, ALPHANUMERICS, TOKEN_KEY_REST);
    }

    /** 32 random bytes in base64url. */
    static Secret tokenKey(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_KEY_BYTES];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** A UUID of version 4 (RFC 9562, 5.4), for what an operator or a client tells apart by it: 122 bits are random. */
    public static UUID uuid(SecureRandom random) {
        byte[] bytes = new byte[UUID_BYTES];
        random.nextBytes(bytes);
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(
                halves.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L,
                halves.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    /** Bytes past the last whole multiple of the alphabet are dropped, because they would favour its first characters. */
    private static String draw(SecureRandom random, String from, int length) {
        int bound = (1 << Byte.SIZE) / from.length() * from.length();
        StringBuilder text = new StringBuilder(length);
        byte[] bytes = new byte[length];
        while (true) {
            random.nextBytes(bytes);
            for (byte drawn : bytes) {
                int value = Byte.toUnsignedInt(drawn);
                if (value < bound) {
                    text.append(from.charAt(value % from.length()));
                    if (text.length() == length) {
                        return text.toString();
                    }
                }
            }
        }
    }
}
