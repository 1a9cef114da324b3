package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTokenTest {
    private static final String GOOD = TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256");

    private static void isRefused(String token, String reason) {
        assertThatThrownBy(() -> CompactToken.of(token))
                .isInstanceOf(CallerRefusal.class)
                .hasMessageStartingWith("InvalidToken")
                .hasMessageContaining(reason);
    }

    private static String withHeader(String header) {
        return TestToken.good("ES256", "ec").withHeader(header).signed(TestKeys.EC, "ES256");
    }

    @Test
    void theHeaderIsRead() throws CallerRefusal {
        CompactToken.Header header = CompactToken.of(GOOD).header();
        assertThat(header.algorithm()).isEqualTo(CompactToken.Algorithm.ES256);
        assertThat(header.keyId()).contains("ec");
    }

    @Test
    void neitherTextNorClaimsArePrinted() throws CallerRefusal {
        assertThat(CompactToken.of(GOOD).toString()).doesNotContain("alice").doesNotContain(GOOD.substring(0, 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c"})
    void aHeaderThatBringsItsOwnKeyOrRulesIsRefused(String member) {
        isRefused(withHeader("{\"alg\":\"ES256\",\"kid\":\"ec\",\"" + member + "\":\"x\"}"), "\"" + member + "\"");
        isRefused(withHeader("{\"alg\":\"ES256\",\"kid\":\"ec\",\"" + member + "\":null}"), "\"" + member + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "None",
                "",
                "HS256",
                "HS384",
                "HS512",
                "RS384",
                "RS512",
                "PS384",
                "PS512",
                "ES384",
                "ES512",
                "ES256K",
                "rs256",
                "es256",
                "eddsa",
                "EDDSA",
                "dir",
                "RSA-OAEP"
            })
    void anAlgorithmThatIsNotOnTheListIsRefused(String algorithm) {
        isRefused(withHeader("{\"alg\":\"" + algorithm + "\"}"), "RS256, PS256, ES256 or EdDSA");
    }

    @Test
    void anAlgorithmMustBeNamedOnceAndAsText() {
        isRefused(withHeader("{\"kid\":\"ec\"}"), "\"alg\" is missing");
        isRefused(withHeader("{\"alg\":[\"ES256\"]}"), "expected a string");
        isRefused(withHeader("{\"alg\":\"ES256\",\"alg\":\"none\"}"), "duplicated");
    }

    @Test
    void aKeyIdIsBounded() {
        isRefused(withHeader("{\"alg\":\"ES256\",\"kid\":\"\"}"), "key id");
        isRefused(withHeader("{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(257) + "\"}"), "key id");
        isRefused(withHeader("{\"alg\":\"ES256\",\"kid\":7}"), "expected a string");
    }

    @Test
    void aDuplicatedClaimIsRefused() {
        String token = TestToken.good("ES256", "ec")
                .withPayload(TestToken.claims(",\"sub\":\"mallory\""))
                .signed(TestKeys.EC, "ES256");
        isRefused(token, "duplicated");
    }

    @Test
    void aLongTokenIsRefused() {
        String filler = TestToken.good("ES256", "ec")
                .withPayload(TestToken.claims(",\"filler\":\"" + "x".repeat(8 * 1024) + "\""))
                .signed(TestKeys.EC, "ES256");
        isRefused(filler, "longer than 8192 bytes");
    }

    @Test
    void anEncryptedTokenIsRefused() {
        isRefused("e30.e30.e30.e30.e30", "encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.b", "a.b.c.d", "a.b.c.d.e.f", "..", "e30.e30.", "e30..e30", ".e30.e30"})
    void refusesAnInvalidCompactToken(String text) {
        assertThatThrownBy(() -> CompactToken.of(text)).isInstanceOf(CallerRefusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "=", "+", "/", "\u00e9", "!"})
    void foreignCharactersInAPartAreRefused(String foreign) {
        String[] parts = GOOD.split("\\.");
        isRefused(parts[0] + foreign + "." + parts[1] + "." + parts[2], "base64url");
        isRefused(parts[0] + "." + foreign + parts[1] + "." + parts[2], "base64url");
        isRefused(GOOD + foreign, "base64url");
    }

    @Test
    void theEndOfAPartMustBeCanonical() {
        // "e31" decodes to "{}" as "e30" does, with two loose bits set.
        byte[] loose = Base64.getUrlDecoder().decode("e31");
        assertThat(new String(loose, StandardCharsets.UTF_8)).isEqualTo("{}");
        isRefused("e31.e30.AAAA", "base64url");
    }

    @Test
    void textAfterTheObjectIsRefused() {
        isRefused(withHeader("{\"alg\":\"ES256\"}{}"), "after the end");
    }

    @Property
    void noTextEscapesAsAnythingButARefusal(@ForAll @StringLength(max = 60) String header, @ForAll String rest) {
        String token = TestToken.encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + rest + ".AAAA";
        try {
            CompactToken.of(token);
        } catch (CallerRefusal expected) {
            assertThat(expected.code()).isEqualTo(CallerRefusal.Code.INVALID_TOKEN);
        }
    }
}
