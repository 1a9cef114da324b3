package io.countersign.registry.manifest;

import io.countersign.signing.Secret;
import java.security.SecureRandom;

/** Ids and secrets that look like OSS's own; every character is drawn evenly. */
final class Credentials {
    private static final String ALPHANUMERICS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String DIGITS = "0123456789";
    private static final String ID_PREFIX = "LTAI5t";
    private static final int ID_REST = 18;
    private static final int SECRET_LENGTH = 30;
    private static final int ROLE_ID_LENGTH = 18;

    private Credentials() {}

    static String accessKeyId(SecureRandom random) {
        return ID_PREFIX + draw(random, ALPHANUMERICS, ID_REST);
    }

    static Secret secret(SecureRandom random) {
        return Secret.of(draw(random, ALPHANUMERICS, SECRET_LENGTH));
    }

    /** RAM's role ids are numbers of 18 digits; that each is new is for the store to say. */
    static String roleId(SecureRandom random) {
        return "3" + draw(random, DIGITS, ROLE_ID_LENGTH - 1);
    }

    private static String draw(SecureRandom random, String from, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }
}
