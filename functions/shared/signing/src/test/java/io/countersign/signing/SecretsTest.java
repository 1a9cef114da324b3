package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String TEXT = "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV";

    @Test
    void aSecretDoesNotPrintItself() {
        assertThat(Secret.of(TEXT).toString()).doesNotContain(TEXT);
        assertThat(new AccessKey("ak", Secret.of(TEXT)).toString()).doesNotContain(TEXT);
    }

    @Test
    void secretsAreNotComparedByEquals() {
        assertThat(Secret.of(TEXT)).isNotEqualTo(Secret.of(TEXT));
        assertThat(Secret.class).hasDeclaredMethods("reveal");
        assertThat(Secret.class.getDeclaredMethods())
                .noneMatch(method -> method.getName().equals("equals"));
    }

    @Test
    void aSecretKnowsItsOwnText() {
        assertThat(Secret.of(TEXT).isSameAs(Secret.of(TEXT))).isTrue();
        assertThat(Secret.of(TEXT).isSameAs(Secret.of(TEXT + "x"))).isFalse();
    }

    @Test
    void refusesAnInvalidSecretWithoutRepeatingIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of("s".repeat(1025)))
                .withMessageNotContaining("sss");
    }

    @Test
    void aTokenShowsItsFingerprintOnly() {
        SecurityToken token = SecurityToken.of("token");
        assertThat(token.fingerprint())
                .isEqualTo("sha256:3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0");
        assertThat(new RequestCredentials.V1Header("ak", "s", Optional.of(SecurityToken.of("secret-token"))).toString())
                .doesNotContain("secret-token");
    }

    @Test
    void theLongestAreAccepted() {
        assertThat(Secret.of("s".repeat(1024)).reveal()).hasSize(1024);
        assertThat(new AccessKey("a".repeat(128), Secret.of(TEXT)).id()).hasSize(128);
        assertThat(SecurityToken.of("t".repeat(8 * 1024)).reveal()).hasSize(8 * 1024);
    }

    @Test
    void aTokenIsVisibleAscii() {
        assertThat(SecurityToken.of("!~").reveal()).isEqualTo("!~");
        for (String text : List.of("", "a b", "a\tb", "a\u007f", "\u00e9", "t".repeat(8 * 1024 + 1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> SecurityToken.of(text));
        }
    }

    @Test
    void anAccessKeyHasAnId() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccessKey("", Secret.of(TEXT)));
        assertThatIllegalArgumentException().isThrownBy(() -> new AccessKey("a".repeat(129), Secret.of(TEXT)));
    }

    @Test
    void textsAreComparedWhole() {
        assertThat(ConstantTime.equal("abc", "abc")).isTrue();
        assertThat(ConstantTime.equal("abc", "abd")).isFalse();
        assertThat(ConstantTime.equal("abc", "ab")).isFalse();
        assertThat(ConstantTime.equal("", "")).isTrue();
        assertThat(ConstantTime.equal("é", "e")).isFalse();
    }
}
