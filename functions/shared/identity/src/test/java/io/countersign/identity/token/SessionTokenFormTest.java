package io.countersign.identity.token;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SecurityToken;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks between a token's text and its content: form, key and seal. */
class SessionTokenFormTest {
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final TestRegistry registry =
            TestRegistry.with(policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/${jwt:sub}/*"));
    private final SessionReader reader = new SessionReader(registry.registry());
    private final SessionIssuer.IssuedSession session = TestSessions.alice(registry);
    private final String text = session.token().reveal();

    private void assertInvalid(String token) {
        assertInvalid(reader, token);
    }

    private void assertInvalid(SessionReader asked, String token) {
        assertThatThrownBy(() -> asked.open(session.accessKeyId(), SecurityToken.of(token), NOW))
                .as(token)
                .isInstanceOfSatisfying(OssRefusal.class, refusal -> {
                    assertThat(refusal.error()).isEqualTo(OssError.INVALID_SECURITY_TOKEN);
                    assertThat(refusal.text()).isEqualTo(OssError.INVALID_SECURITY_TOKEN.message());
                });
    }

    private void assertOpens(String token) throws Exception {
        assertThat(reader.open(session.accessKeyId(), SecurityToken.of(token), NOW)
                        .subject())
                .contains("alice");
    }

    /** The key of {@link TestRegistry#tokenKey}. */
    private static Key key() {
        return new SecretKeySpec(Arrays.copyOf("tk-test".getBytes(StandardCharsets.UTF_8), 32), "AES");
    }

    private static JsonWebEncryption jwe(String algorithm, String encryption, String payload) {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jwe.setAlgorithmHeaderValue(algorithm);
        jwe.setEncryptionMethodHeaderParameter(encryption);
        jwe.setKeyIdHeaderValue("tk-test");
        jwe.setKey(key());
        jwe.setPayload(payload);
        return jwe;
    }

    private String content() {
        try {
            TokenKeyRing.TokenKey key =
                    registry.registry().tokenKeys(ReadAhead.NOTHING, NOW).sealing(NOW);
            return new String(
                    TokenCipher.open(new TokenText(text).sealed().orElseThrow(), key)
                            .orElseThrow(),
                    StandardCharsets.UTF_8);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTokenIsACompactJweThatNamesItsKeyAndNoMore() {
        String[] parts = text.split("\\.", -1);
        assertThat(parts).hasSize(5);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"tk-test\"}");
        assertThat(session.accessKeyId()).matches("STS\\.[A-Za-z0-9]{25}");
        assertThat(session.secret().reveal()).matches("[A-Za-z0-9]{30}");
        assertThat(text).hasSizeLessThan(1_024).doesNotContain(session.secret().reveal());
        assertThat(content()).contains(session.secret().reveal(), "\"sub\":\"alice\"", "\"acc\":\"1234567890123456\"");
    }

    @Test
    void opensATokenSealedByAnotherProgramUnderTheSameKey() throws Exception {
        assertOpens(jwe("dir", "A256GCM", content()).getCompactSerialization());
    }

    @Test
    void noCharacterOfATokenCanBeChanged() throws Exception {
        assertOpens(text);
        for (int i = 0; i < text.length(); i++) {
            int at = BASE64URL.indexOf(text.charAt(i));
            String replacement = at < 0 ? "A" : String.valueOf(BASE64URL.charAt(at ^ 1));
            assertInvalid(text.substring(0, i) + replacement + text.substring(i + 1));
            assertInvalid(text.substring(0, i) + text.substring(i + 1));
            assertInvalid(text.substring(0, i) + "~" + text.substring(i));
        }
    }

    @Test
    void noTruncatedTokenOpens() {
        for (int end = 1; end < text.length(); end++) {
            assertInvalid(text.substring(0, end));
        }
        assertInvalid(text + "=");
        assertInvalid(text + ".");
        assertInvalid("." + text);
        assertInvalid(text + "." + text);
    }

    @Test
    void partsOfTwoTokensMakeNone() {
        String[] one = text.split("\\.", -1);
        String[] other = TestSessions.alice(registry).token().reveal().split("\\.", -1);
        for (int part = 2; part < one.length; part++) {
            String[] mixed = one.clone();
            mixed[part] = other[part];
            assertInvalid(String.join(".", mixed));
        }
    }

    @Test
    void aKeyOfTheSameNameInAnotherRegistryDoesNotOpenIt() {
        TestRegistry other = TestRegistry.with();
        var key = other.tokenKey("tk-other", KeyStatus.ACTIVE, NOW, Optional.empty());
        other.tokenKeys(key);
        SessionIssuer.IssuedSession foreign = TestSessions.issue(
                other,
                TestSessions.bearer(
                        TestRegistry.with(policy("Allow", "oss:*", "acs:oss:*:*:*")), "alice", Optional.empty()),
                NOW);
        String[] parts = foreign.token().reveal().split("\\.", -1);
        assertInvalid(String.join(".", parts));
        parts[0] = text.split("\\.", -1)[0];
        assertInvalid(String.join(".", parts));
    }

    @ParameterizedTest
    @CsvSource({"dir,A256CBC-HS512", "A256KW,A256GCM", "A256GCMKW,A256GCM", "dir,A128GCM"})
    void otherAlgorithmsAreRefusedUnderTheRightKey(String algorithm, String encryption) throws JoseException {
        JsonWebEncryption jwe = jwe(algorithm, encryption, content());
        if (encryption.equals("A256CBC-HS512")) {
            jwe.setKey(new SecretKeySpec(new byte[64], "AES"));
        } else if (encryption.equals("A128GCM")) {
            jwe.setKey(new SecretKeySpec(new byte[16], "AES"));
        }
        assertInvalid(jwe.getCompactSerialization());
    }

    @Test
    void aCompressedTokenIsRefusedBeforeItIsInflated() throws JoseException {
        JsonWebEncryption small = jwe("dir", "A256GCM", content());
        small.enableDefaultCompression();
        assertInvalid(small.getCompactSerialization());
        JsonWebEncryption bomb = jwe("dir", "A256GCM", "0".repeat(2_000_000));
        bomb.enableDefaultCompression();
        String sealed = bomb.getCompactSerialization();
        assertThat(sealed.length()).isLessThan(TokenText.MAX_LENGTH);
        assertInvalid(sealed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"typ", "cty", "crit", "jku", "x5u", "apu", "p2c", "b64"})
    void aFurtherMemberOfTheHeaderIsRefusedUnderTheRightKey(String name) throws JoseException {
        JsonWebEncryption jwe = jwe("dir", "A256GCM", content());
        jwe.setHeader(name, "JWT");
        assertInvalid(jwe.getCompactSerialization());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"dir\",\"kid\":\"tk-test\"}",
                "{\"alg\":\"DIR\",\"enc\":\"A256GCM\",\"kid\":\"tk-test\"}",
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"tk-test\",\"kid\":\"tk-test\"}",
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":[\"tk-test\"]}",
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"tk-none\"}",
                "{\"alg\":\"none\"}",
                "[]",
                "null",
                "{"
            })
    void anotherHeaderIsRefused(String header) {
        String[] parts = text.split("\\.", -1);
        parts[0] = TestToken.encoded(header.getBytes(StandardCharsets.UTF_8));
        assertInvalid(String.join(".", parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "not json",
                "{\"v\":2}",
                "{\"v\":1,\"jti\":\"1\",\"acc\":\"1\",\"role\":\"r\",\"rid\":\"1\",\"idp\":\"p\",\"sub\":\"s\",\"name\":\"nn\",\"id\":\"STS.x\","
                        + "\"key\":\"k\",\"vars\":{},\"iat\":1,\"exp\":4000000000,\"more\":1}"
            })
    void anotherContentIsRefusedUnderTheRightKey(String content) throws JoseException {
        assertInvalid(jwe("dir", "A256GCM", content).getCompactSerialization());
    }

    @Test
    void aTokenOfMoreThanFourKibibytesIsRefusedUnderTheRightKey() throws Exception {
        String padded = content().replace("{\"v\":1", "{" + " ".repeat(2_900) + "\"v\":1");
        assertInvalid(jwe("dir", "A256GCM", padded).getCompactSerialization());
        assertOpens(jwe("dir", "A256GCM", padded.replace(" ".repeat(1_000), "")).getCompactSerialization());
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "....", "a.b.c", "CAIS+x/y=", "\"", "{}"})
    void textsThatAreNoTokensAreRefused(String other) {
        assertInvalid(other);
    }

    @Test
    void aSignedTokenIsNoSecurityToken() {
        assertInvalid(TestToken.good("ES256", "ec").unsigned());
    }

    @Test
    void neverPrintsACachedToken() {
        TokenText remembered = TokenText.of(session.token());
        assertThat(remembered.toString()).isEqualTo("TokenText[" + text.length() + " characters]");
        assertThat(remembered).isEqualTo(TokenText.of(SecurityToken.of(text)));
        assertThat(remembered)
                .isNotEqualTo(TokenText.of(TestSessions.alice(registry).token()));
    }
}
