package io.countersign.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TestToken;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.TokenKeyRing;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cipher against jose4j, which knows nothing of it. */
class TokenCipherTest {
    private static final byte[] SECRET = Seeds.secure("a token key").generateSeed(32);
    private static final TokenKeyRing.TokenKey KEY = key(SECRET);

    private static TokenKeyRing.TokenKey key(byte[] secret) {
        return new TokenKeyRing.TokenKey(
                "tk-cipher",
                KeyStatus.ACTIVE,
                Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)),
                TestToken.NOW,
                TestToken.NOW,
                Optional.empty());
    }

    private static JsonWebEncryption jose() {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(
                new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, TokenCipher.ALGORITHM));
        jwe.setContentEncryptionAlgorithmConstraints(
                new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, TokenCipher.ENCRYPTION));
        jwe.setKey(new SecretKeySpec(SECRET, "AES"));
        return jwe;
    }

    private static String sealedByJose(String content, SecureRandom random) throws JoseException {
        ProviderContext context = new ProviderContext();
        context.setSecureRandom(random);
        JsonWebEncryption jwe = jose();
        jwe.setProviderContext(context);
        jwe.setAlgorithmHeaderValue(TokenCipher.ALGORITHM);
        jwe.setEncryptionMethodHeaderParameter(TokenCipher.ENCRYPTION);
        jwe.setKeyIdHeaderValue(KEY.id());
        jwe.setPayload(content);
        return jwe.getCompactSerialization();
    }

    private static String sealed(String content, TokenKeyRing.TokenKey key, SecureRandom random) {
        return TokenCipher.seal(content.getBytes(StandardCharsets.UTF_8), key, random);
    }

    private static Optional<String> opened(String token) {
        return new TokenText(token)
                .sealed()
                .flatMap(parts -> TokenCipher.open(parts, KEY))
                .map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    private static Optional<String> openedByJose(String token) {
        JsonWebEncryption jwe = jose();
        try {
            jwe.setCompactSerialization(token);
            return Optional.of(jwe.getPayload());
        } catch (JoseException e) {
            return Optional.empty();
        }
    }

    @Property
    void bothSealTheSameTextWithTheSameNonce(@ForAll @StringLength(max = 400) String content) throws JoseException {
        assertThat(sealed(content, KEY, Seeds.secure("nonce"))).isEqualTo(sealedByJose(content, Seeds.secure("nonce")));
    }

    /** jose4j does not read a token of nothing. */
    @Property
    void eachOpensWhatTheOtherSeals(@ForAll @StringLength(min = 1, max = 400) String content) throws JoseException {
        String plain = new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(opened(sealedByJose(content, Seeds.secure()))).contains(plain);
        assertThat(openedByJose(sealed(content, KEY, Seeds.secure()))).contains(plain);
    }

    /** A changed token that one of them opens would be a change of another's content. */
    @Test
    void whatIsChangedOpensForNeither() {
        RandomGenerator random = Seeds.random();
        String token = sealed("{\"v\":1}", KEY, Seeds.secure());
        for (int i = 0; i < 5_000; i++) {
            int at = random.nextInt(token.length());
            char c = "AZaz09-_.=+/ ~\u0141\uFF21".charAt(random.nextInt(16));
            String changed =
                    switch (random.nextInt(3)) {
                        case 0 -> token.substring(0, at) + c + token.substring(at + 1);
                        case 1 -> token.substring(0, at) + c + token.substring(at);
                        default -> token.substring(0, at) + token.substring(at + 1);
                    };
            if (!changed.equals(token)) {
                assertThat(opened(changed)).as(changed).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 24, 31, 33, 64})
    void aKeyOfAnotherLengthNeitherSealsNorOpens(int length) {
        TokenKeyRing.TokenKey other = key(new byte[length]);
        assertThatThrownBy(() -> sealed("x", other, Seeds.secure())).isInstanceOf(IllegalStateException.class);
        TokenText.Sealed sealed =
                new TokenText(sealed("x", KEY, Seeds.secure())).sealed().orElseThrow();
        assertThat(TokenCipher.open(sealed, other)).isEmpty();
    }

    @Test
    void theContentOfATokenMayBeEmpty() {
        assertThat(opened(sealed("", KEY, Seeds.secure()))).contains("");
    }

    /** The content takes the place of the sealed one, which must never open as something else. */
    @Test
    void thePartsOfATokenAreUsedUp() {
        TokenText text = new TokenText(sealed("{\"v\":1}", KEY, Seeds.secure()));
        TokenText.Sealed parts = text.sealed().orElseThrow();
        assertThat(TokenCipher.open(parts, KEY))
                .hasValueSatisfying(plain ->
                        assertThat(plain).asString(StandardCharsets.UTF_8).isEqualTo("{\"v\":1}"));
        assertThat(TokenCipher.open(parts, KEY)).isEmpty();
        assertThat(opened(text.text())).contains("{\"v\":1}");
    }

    @Test
    void anotherKeyLearnsNothingOfTheContent() {
        TokenText.Sealed parts =
                new TokenText(sealed("{\"v\":1}", KEY, Seeds.secure())).sealed().orElseThrow();
        byte[] sealed = parts.content().clone();
        assertThat(TokenCipher.open(parts, key(Seeds.secure("another key").generateSeed(32))))
                .isEmpty();
        assertThat(parts.content()).isIn(sealed, new byte[sealed.length]);
    }

    /** The header is compared before it is parsed; both ways read the same id. */
    @Test
    void everyHeaderIsReadAsItsJsonIsRead() {
        List<String> ends = List.of("\"}", "\"} ", "\",\"kid\":\"b\"}", "", "\"", "}", "\"}}", "\",\"zip\":\"DEF\"}");
        for (String id :
                List.of("tk-1", "", "a b", "a\\u0041", "a\"", "é", "\uD83D", "a\\", "\",\"x\":\"y", "a.b", "a\n")) {
            for (String end : ends) {
                for (String start : List.of(
                        "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"",
                        "{\"enc\":\"A256GCM\",\"alg\":\"dir\",\"kid\":\"",
                        "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"kid\":\"",
                        " {\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"")) {
                    byte[] header = (start + id + end).getBytes(StandardCharsets.UTF_8);
                    String token = TestToken.encoded(header) + ".." + TestToken.encoded(new byte[12]) + ".."
                            + TestToken.encoded(new byte[16]);
                    assertThat(new TokenText(token).sealed().map(TokenText.Sealed::keyId))
                            .as(start + id + end)
                            .isEqualTo(TokenText.parsedKeyId(header));
                }
            }
        }
    }
}
