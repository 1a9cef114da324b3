package io.countersign.identity.token;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TestRegistry;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ReadAhead;
import io.countersign.signing.SecurityToken;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedSealTest {
    private static final String CONTENT = "{\"key\":\"users/älice/a+b\"}";

    private final TestRegistry registry =
            TestRegistry.with(policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/*"));
    private final TypedSeal seal = typed("callback");

    private TypedSeal typed(String type) {
        return new TypedSeal(type, registry.registry(), Seeds.secure("seal"));
    }

    @Test
    void sealsAndOpens() throws Exception {
        String text = seal.seal(CONTENT, NOW);

        assertThat(text).matches("[A-Za-z0-9._-]+").doesNotContain("users");
        assertThat(seal.open(text, NOW)).contains(CONTENT.getBytes(StandardCharsets.UTF_8));
        assertThat(seal.open(text, NOW.plus(Duration.ofDays(1)))).isPresent();
    }

    @Test
    void opensNoOtherType() throws Exception {
        assertThat(typed("upload").open(seal.seal(CONTENT, NOW), NOW)).isEmpty();
        assertThat(seal.open(typed("upload").seal(CONTENT, NOW), NOW)).isEmpty();
    }

    @Test
    void opensNoSecurityToken() throws Exception {
        assertThat(seal.open(TestSessions.alice(registry).token().reveal(), NOW))
                .isEmpty();
    }

    @Test
    void noSecurityTokenIsMadeOfIt() throws Exception {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        String content = new String(
                TokenCipher.open(
                                new TokenText(session.token().reveal()).sealed().orElseThrow(),
                                registry.registry()
                                        .tokenKeys(ReadAhead.NOTHING, NOW)
                                        .sealing(NOW))
                        .orElseThrow(),
                StandardCharsets.UTF_8);
        String sealed = seal.seal(content, NOW);

        assertThatThrownBy(() -> new SessionReader(registry.registry())
                        .open(session.accessKeyId(), SecurityToken.of(sealed), NOW))
                .isInstanceOf(OssRefusal.class);
    }

    @Test
    void aChangedTextDoesNotOpen() throws Exception {
        String text = seal.seal(CONTENT, NOW);
        String[] parts = text.split("\\.", -1);

        for (int part : new int[] {0, 2, 3, 4}) {
            String[] changed = parts.clone();
            changed[part] = (parts[part].charAt(0) == 'A' ? "B" : "A") + parts[part].substring(1);
            assertThat(seal.open(String.join(".", changed), NOW))
                    .as("part %s", part)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "....", "a.b.c.d.e", "\u0000", "é....", "e30..e30.e30.e30"})
    void noOtherTextOpens(String text) throws Exception {
        assertThat(seal.open(text, NOW)).isEmpty();
    }

    @Test
    void aKeyThatOpensNoMoreOpensNothing() throws Exception {
        String text = seal.seal(CONTENT, NOW);
        registry.tokenKeys(registry.tokenKey("tk-test", KeyStatus.INACTIVE, NOW, Optional.of(NOW)));

        assertThat(new TypedSeal("callback", registry.registry(), Seeds.secure("seal")).open(text, NOW))
                .isEmpty();
    }

    @Test
    void sealsNothingThatIsTooLongToOpen() {
        assertThatThrownBy(() -> seal.seal("x".repeat(5_000), NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Callback", "a b", "a\"b"})
    void aTypeIsOfLetters(String type) {
        assertThatThrownBy(() -> typed(type)).isInstanceOf(IllegalArgumentException.class);
    }
}
