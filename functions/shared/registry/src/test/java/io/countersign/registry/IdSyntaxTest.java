package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdSyntaxTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "LTAI5tabc", "a.b_c-d", "STSx", "sts.x"})
    void accessKeyIds(String id) {
        assertThat(IdSyntax.isAccessKeyId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "STS.", "STS.abc", "a b", "a/b", "ä1", "ab\n"})
    void refusesAnInvalidAccessKeyId(String id) {
        assertThat(IdSyntax.isAccessKeyId(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a-b", "1-2-3", "a--b"})
    void buckets(String name) {
        assertThat(IdSyntax.isBucket(name)).isTrue();
        assertThat(IdSyntax.isBucket("a".repeat(63))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "-abc", "abc-", "Abc", "a_b", "a.b", "abc\n"})
    void refusesAnInvalidBucketName(String name) {
        assertThat(IdSyntax.isBucket(name)).isFalse();
        assertThat(IdSyntax.isBucket("a".repeat(64))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"img.example.com", "a.b", "xn--fiqs8s.example", "1.2.3"})
    void domains(String host) {
        assertThat(IdSyntax.isDomain(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "a..b", ".a.b", "a.b.", "A.b", "a.b:80", "-a.b", "a-.b", "a_b.c", "a.b\n"})
    void refusesAnInvalidDomain(String host) {
        assertThat(IdSyntax.isDomain(host)).isFalse();
        assertThat(IdSyntax.isDomain("a.".repeat(126) + "ab")).isFalse();
        assertThat(IdSyntax.isDomain("a".repeat(64) + ".b")).isFalse();
    }

    @Test
    void objectKeysAreCountedInBytes() {
        assertThat(IdSyntax.isObjectKey("é".repeat(511))).isTrue();
        assertThat(IdSyntax.isObjectKey("é".repeat(512))).isFalse();
        assertThat(IdSyntax.isObjectKey("")).isFalse();
        assertThat(IdSyntax.isObjectKey("\uD83D")).isFalse();
        assertThat(IdSyntax.isObjectKey("..//a\u0000?")).isTrue();
    }
}
