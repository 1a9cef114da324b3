package io.countersign.session;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Key pairs made once for all tests: making an RSA pair takes longer than a test should. */
public final class TestKeys {
    public static final KeyPair RSA = rsa(2048);
    public static final KeyPair OTHER_RSA = rsa(2048);
    public static final KeyPair WEAK_RSA = rsa(1024);
    public static final KeyPair EC = ec("secp256r1");
    public static final KeyPair EC_384 = ec("secp384r1");
    public static final KeyPair ED25519 = generate("Ed25519");

    private TestKeys() {}

    private static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
