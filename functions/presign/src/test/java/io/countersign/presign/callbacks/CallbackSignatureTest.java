package io.countersign.presign.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.CallbackKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of OSS's page, which its real key verifies, and keys of this test. */
class CallbackSignatureTest {
    /** {@code gosspublic.alicdn.com/callback_pub_key_v1.pem}, as public programs have it. */
    static final String OSS_KEY = """
            -----BEGIN PUBLIC KEY-----
            MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs
            C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==
            -----END PUBLIC KEY-----
            """;

    private static final String OF_THE_PAGE =
            "kKQeGTRccDKyHB3H9vF+xYMSrmhMZjzzl2/kdD1ktNVgbWEfYTQG0G2SU/RaHBovRCE8OkQDjC3uG33esH2txA==";

    private static PublicKey key(String pem) {
        return CallbackSignature.key(pem.getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    }

    private static boolean matches(String target, String body, String signature) {
        return CallbackSignature.matches(
                key(OSS_KEY),
                target,
                body.getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(signature));
    }

    @Test
    void theExampleOfThePageIsSignedByOss() {
        assertThat(((RSAPublicKey) key(OSS_KEY)).getModulus().bitLength()).isEqualTo(512);
        assertThat(matches("/index.php?id=1&index=2", "bucket=yonghu-test", OF_THE_PAGE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/index.php", "/index.php?id=1&index=3", "index.php?id=1&index=2", "/index.php?id=1&index=2\n"})
    void anotherTargetIsNot(String target) {
        assertThat(matches(target, "bucket=yonghu-test", OF_THE_PAGE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bucket=yonghu-tesu", "bucket=yonghu-test ", "bucket=yonghu-test&size=1"})
    void anotherBodyIsNot(String body) {
        assertThat(matches("/index.php?id=1&index=2", body, OF_THE_PAGE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "kKQeGTRccDKyHB3H9vF+xYMSrmhMZjzzl2/kdD1ktNVgbWEfYTQG0G2SU/RaHBovRCE8OkQDjC3uG33esH2txA=="
            })
    void anotherKeyHasNotSignedIt(String signature) {
        assertThat(CallbackSignature.matches(
                        CallbackKey.of("another").publicKey(),
                        "/index.php?id=1&index=2",
                        "bucket=yonghu-test".getBytes(StandardCharsets.UTF_8),
                        Base64.getDecoder().decode(signature)))
                .isFalse();
    }

    @Test
    void aLongerKeyOfTheSameFormIsTaken() {
        CallbackKey key = CallbackKey.of("of this test");
        byte[] signature = Base64.getDecoder().decode(key.sign("/callbacks/oss", "a=b"));

        assertThat(CallbackSignature.matches(
                        key(key.pem()), "/callbacks/oss", "a=b".getBytes(StandardCharsets.UTF_8), signature))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "<html>not found</html>",
                // A key of an elliptic curve, P-256.
                "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU8UTaVqWjZ2Yc9gGZ0hQtZgdF7Ykd2zJ1GRlx5Q2Dk8w==\n-----END PUBLIC KEY-----"
            })
    void noOtherFileIsAKey(String pem) {
        assertThat(CallbackSignature.key(pem.getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void twoKeysAreNone() {
        assertThat(CallbackSignature.key((OSS_KEY + OSS_KEY).getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }
}
