package io.countersign.identity;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.testkit.Seeds;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final String KEYS = TestJwks.set(
            TestJwks.jwk(TestKeys.RSA.getPublic(), "rsa"),
            TestJwks.jwk(TestKeys.EC.getPublic(), "ec"),
            TestJwks.jwk(TestKeys.ED25519.getPublic(), "ed"));

    private static KeyPair pair(String keyId) {
        return switch (keyId) {
            case "rsa" -> TestKeys.RSA;
            case "ec" -> TestKeys.EC;
            case "ed" -> TestKeys.ED25519;
            default -> throw new IllegalArgumentException(keyId);
        };
    }

    private static void check(String text, Instant now) throws Exception {
        check(text, KEYS, now);
    }

    private static void check(String text, String jwks, Instant now) throws Exception {
        CompactToken token = CompactToken.of(text);
        TokenClaims claims = TokenClaims.of(token.claims());
        TokenVerifier.verify(
                text,
                token.header().algorithm(),
                claims,
                TestToken.AUDIENCE,
                Jwks.of(TestJwks.value(jwks)).keyFor(token.header()).key(),
                now);
    }

    private static void isRefused(ThrowingCallable call, CallerRefusal.Code error) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> org.assertj.core.api.Assertions.assertThat(refusal.code())
                                .isEqualTo(error));
    }

    @ParameterizedTest
    @CsvSource({"RS256,rsa", "PS256,rsa", "ES256,ec", "EdDSA,ed"})
    void aTokenOfEachAlgorithmIsAccepted(String algorithm, String keyId) {
        String token = TestToken.good(algorithm, keyId).signed(pair(keyId), algorithm);
        assertThatCode(() -> check(token, NOW)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"RS256,rsa", "PS256,rsa", "ES256,ec", "EdDSA,ed"})
    void anotherPayloadUnderTheSameSignatureIsRefused(String algorithm, String keyId) {
        String[] signed =
                TestToken.good(algorithm, keyId).signed(pair(keyId), algorithm).split("\\.");
        String[] other = TestToken.good(algorithm, keyId)
                .withPayload(TestToken.claims(",\"team\":\"x\""))
                .signed(pair(keyId), algorithm)
                .split("\\.");
        isRefused(() -> check(signed[0] + "." + other[1] + "." + signed[2], NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void anotherKeyOfTheSameTypeIsRefused() {
        String token = TestToken.good("RS256", "rsa").signed(TestKeys.OTHER_RSA, "RS256");
        isRefused(() -> check(token, NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void aPublicKeyIsNeverAnHmacSecret() {
        TestToken token = TestToken.good("HS256", "rsa");
        isRefused(() -> check(token.macWith(TestKeys.RSA.getPublic()), NOW), CallerRefusal.Code.INVALID_TOKEN);
    }

    @Test
    void anHmacUnderTheNameOfRs256IsRefused() {
        TestToken token = TestToken.good("RS256", "rsa");
        isRefused(() -> check(token.macWith(TestKeys.RSA.getPublic()), NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        isRefused(() -> check(TestToken.good("none", "rsa").unsigned(), NOW), CallerRefusal.Code.INVALID_TOKEN);
        isRefused(() -> check(TestToken.good("RS256", "rsa").unsigned(), NOW), CallerRefusal.Code.INVALID_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"ES256,rsa,ec", "RS256,ec,rsa", "EdDSA,rsa,ed", "EdDSA,ec,ed", "RS256,ed,rsa", "ES256,ed,ec"})
    void anAlgorithmIsBoundToTheTypeOfTheKeyThatTheTokenNames(String algorithm, String keyId, String signer) {
        String token = TestToken.good(algorithm, keyId).signed(pair(signer), algorithm);
        isRefused(() -> check(token, NOW), CallerRefusal.Code.UNKNOWN_KEY);
    }

    @Test
    void aSignatureOfAnotherAlgorithmOfTheSameKeyIsRefused() {
        String token = TestToken.good("PS256", "rsa").signed(TestKeys.RSA, "RS256");
        isRefused(() -> check(token, NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS384", "PS512"})
    void otherRsaAlgorithmsAreRefused(String algorithm) {
        String token = TestToken.good(algorithm, "rsa").signed(TestKeys.RSA, algorithm);
        isRefused(() -> check(token, NOW), CallerRefusal.Code.INVALID_TOKEN);
    }

    @Test
    void anEs256SignatureInTheJavaFormIsRefused() throws Exception {
        java.security.Signature der = java.security.Signature.getInstance("SHA256withECDSA");
        der.initSign(TestKeys.EC.getPrivate(), Seeds.secure());
        String unsigned = TestToken.good("ES256", "ec").unsigned();
        der.update(unsigned.substring(0, unsigned.length() - 1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String token = unsigned + TestToken.encoded(der.sign());
        isRefused(() -> check(token, NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void anEs256SignatureOfZeroesIsRefused() {
        String token = TestToken.good("ES256", "ec").unsigned() + TestToken.encoded(new byte[64]);
        isRefused(() -> check(token, NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    @Test
    void aWeakRsaKeyIsNotUsed() {
        String jwks = TestJwks.set(TestJwks.jwk(TestKeys.WEAK_RSA.getPublic(), Map.of("kid", "rsa")));
        String token = TestToken.good("RS256", "rsa").signed(weak(), "RS256");
        isRefused(() -> check(token, jwks, NOW), CallerRefusal.Code.UNKNOWN_KEY);
    }

    private static KeyPair weak() {
        // The library refuses to sign with the weak key; any signature will do, for the key is refused before it is
        // looked at.
        return TestKeys.RSA;
    }

    @ParameterizedTest
    @CsvSource({"59,true", "60,false", "61,false"})
    void anExpiredTokenIsAcceptedForSixtySecondsAtMost(long late, boolean taken) {
        long expires = NOW.getEpochSecond() - late;
        timed(TestToken.claims(expires - 600, expires, ""), taken, CallerRefusal.Code.TOKEN_EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"60,true", "61,false"})
    void aTokenIssuedInTheFutureIsAcceptedForSixtySecondsAtMost(long early, boolean taken) {
        long issued = NOW.getEpochSecond() + early;
        timed(TestToken.claims(issued, issued + 600, ""), taken, CallerRefusal.Code.TOKEN_NOT_YET_VALID);
    }

    @ParameterizedTest
    @CsvSource({"60,true", "61,false"})
    void aTokenThatIsNotYetValidIsAcceptedForSixtySecondsAtMost(long early, boolean taken) {
        String notBefore = ",\"nbf\":" + (NOW.getEpochSecond() + early);
        timed(TestToken.claims(notBefore), taken, CallerRefusal.Code.TOKEN_NOT_YET_VALID);
    }

    @Test
    void aTokenIssuedLongAgoIsAcceptedWhileItLasts() {
        timed(TestToken.claims(0, NOW.getEpochSecond() + 1, ""), true, CallerRefusal.Code.INVALID_TOKEN);
    }

    @Test
    void anExpiredTokenWithAWrongSignatureSaysNothingOfItsTimes() {
        String token = new TestToken("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TestToken.claims(1, 2, ""))
                .signed(TestKeys.OTHER_RSA, "RS256");
        isRefused(() -> check(token, NOW), CallerRefusal.Code.INVALID_SIGNATURE);
    }

    private static void timed(String claims, boolean taken, CallerRefusal.Code otherwise) {
        String token = TestToken.good("ES256", "ec").withPayload(claims).signed(TestKeys.EC, "ES256");
        if (taken) {
            assertThatCode(() -> check(token, NOW)).doesNotThrowAnyException();
        } else {
            isRefused(() -> check(token, NOW), otherwise);
        }
    }
}
