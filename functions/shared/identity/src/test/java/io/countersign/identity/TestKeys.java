package io.countersign.identity;

import io.countersign.testkit.Seeds;
import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Key pairs made once for all tests: making an RSA pair takes longer than a test should. */
public final class TestKeys {
    public static final KeyPair RSA = rsa(2048, "RSA");
    public static final KeyPair OTHER_RSA = rsa(2048, "other RSA");
    public static final KeyPair WEAK_RSA = rsa(1024, "weak RSA");
    public static final KeyPair EC = ec("secp256r1", "secp256r1");
    public static final KeyPair OTHER_EC = ec("secp256r1", "other secp256r1");
    public static final KeyPair EC_384 = ec("secp384r1", "secp384r1");
    public static final KeyPair ED25519 = Seeds.keys("Ed25519", NamedParameterSpec.ED25519, "Ed25519");

    private TestKeys() {}

    private static KeyPair rsa(int bits, String name) {
        return Seeds.keys("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), name);
    }

    private static KeyPair ec(String curve, String name) {
        return Seeds.keys("EC", new ECGenParameterSpec(curve), name);
    }
}
