package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {
    private static final PublicKey RSA = TestKeys.RSA.getPublic();
    private static final PublicKey OTHER_RSA = TestKeys.OTHER_RSA.getPublic();
    private static final PublicKey EC = TestKeys.EC.getPublic();
    private static final CompactToken.Header BY_ID =
            new CompactToken.Header(CompactToken.Algorithm.RS256, Optional.of("k"));
    private static final CompactToken.Header WITHOUT_ID =
            new CompactToken.Header(CompactToken.Algorithm.RS256, Optional.empty());

    private static PublicKey key(CompactToken.Header header, String... keys)
            throws InvalidDocumentException, CallerRefusal {
        return Jwks.of(TestJwks.value(TestJwks.set(keys))).keyFor(header).key();
    }

    private static void isUnknown(CompactToken.Header header, String... keys) {
        assertThatThrownBy(() -> key(header, keys))
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(CallerRefusal.Code.UNKNOWN_KEY));
    }

    @Test
    void theKeyIsFoundByItsId() throws Exception {
        assertThat(key(BY_ID, TestJwks.jwk(OTHER_RSA, "j"), TestJwks.jwk(RSA, "k")))
                .isEqualTo(RSA);
    }

    @Test
    void anUnknownIdIsRefusedEvenWhenOneKeyWouldFit() {
        isUnknown(BY_ID, TestJwks.jwk(RSA, "j"));
        isUnknown(BY_ID, TestJwks.jwk(RSA, Map.of()));
        isUnknown(BY_ID, TestJwks.jwk(RSA, "K"));
        isUnknown(BY_ID);
    }

    @Test
    void withoutAnIdTheOnlyKeyThatFitsIsAccepted() throws Exception {
        assertThat(key(WITHOUT_ID, TestJwks.jwk(EC, "e"), TestJwks.jwk(RSA, "j")))
                .isEqualTo(RSA);
        assertThat(key(WITHOUT_ID, TestJwks.jwk(RSA, Map.of()))).isEqualTo(RSA);
    }

    @Test
    void withoutAnIdTwoKeysThatFitAreOneTooMany() {
        isUnknown(WITHOUT_ID, TestJwks.jwk(RSA, "j"), TestJwks.jwk(OTHER_RSA, "k"));
    }

    @Test
    void oneIdForTwoKeysThatFitIsRefused() {
        isUnknown(BY_ID, TestJwks.jwk(RSA, "k"), TestJwks.jwk(OTHER_RSA, "k"));
    }

    @Test
    void keepsTheUseOfAKey() throws Exception {
        assertThat(key(BY_ID, TestJwks.jwk(RSA, Map.of("kid", "k", "alg", "RS256", "use", "sig"))))
                .isEqualTo(RSA);
        isUnknown(BY_ID, TestJwks.jwk(RSA, Map.of("kid", "k", "alg", "PS256")));
        isUnknown(BY_ID, TestJwks.jwk(RSA, Map.of("kid", "k", "alg", "RSA-OAEP")));
        isUnknown(BY_ID, TestJwks.jwk(RSA, Map.of("kid", "k", "use", "enc")));
        isUnknown(BY_ID, TestJwks.jwk(RSA, Map.of("kid", "k", "key_ops", java.util.List.of("encrypt"))));
        assertThat(key(BY_ID, TestJwks.jwk(RSA, Map.of("kid", "k", "key_ops", java.util.List.of("verify")))))
                .isEqualTo(RSA);
    }

    @Test
    void anotherCurveDoesNotFit() {
        isUnknown(
                new CompactToken.Header(CompactToken.Algorithm.ES256, Optional.of("k")),
                TestJwks.jwk(TestKeys.EC_384.getPublic(), "k"));
        isUnknown(
                new CompactToken.Header(CompactToken.Algorithm.EDDSA, Optional.of("k")),
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"k\",\"x\":\"AAAA\"}");
    }

    @Test
    void aSecretKeyNeverFits() {
        isUnknown(BY_ID, "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"c2VjcmV0\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kid\":\"k\"}",
                "7",
                "{\"kty\":7,\"kid\":\"k\"}",
                "{\"kty\":\"RSA\",\"kid\":\"k\",\"key_ops\":[]}",
                "{\"kty\":\"QUANTUM\",\"kid\":\"k\"}"
            })
    void skipsAnUnusableKey(String odd) throws Exception {
        assertThat(key(BY_ID, odd, TestJwks.jwk(RSA, "k"))).isEqualTo(RSA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"RSA\",\"kid\":\"k\"}",
                "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"!\",\"e\":\"!\"}"
            })
    void aKeyThatCannotBeMadeIsRefused(String broken) {
        isUnknown(BY_ID, broken);
    }

    @Test
    void aWeakKeyIsRefusedByName() {
        assertThatThrownBy(() -> key(BY_ID, TestJwks.jwk(TestKeys.WEAK_RSA.getPublic(), "k")))
                .hasMessageContaining("2048");
    }

    @Test
    void aSetHasAtMostFiftyKeys() throws Exception {
        String[] fifty = IntStream.range(0, 50)
                .mapToObj(i -> "{\"kty\":\"oct\",\"kid\":\"" + i + "\"}")
                .toArray(String[]::new);
        assertThat(Jwks.of(TestJwks.value(TestJwks.set(fifty))).has("49")).isTrue();
        String[] more = java.util.Arrays.copyOf(fifty, 51);
        more[50] = TestJwks.jwk(RSA, "k");
        assertThatThrownBy(() -> key(BY_ID, more)).hasMessageContaining("more than 50 keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"keys\":{}}", "{\"keys\":null}"})
    void refusesAnInvalidKeySet(String json) {
        assertThatThrownBy(() -> Jwks.of(TestJwks.value(json))).isInstanceOf(InvalidDocumentException.class);
    }
}
