package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "LTAI5tabc", "a.b_c-d", "STSx", "sts.x"})
    void accessKeyIds(String id) {
        assertThat(Shapes.isAccessKeyId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "STS.", "STS.abc", "a b", "a/b", "ä1", "ab\n"})
    void whatIsNoAccessKeyId(String id) {
        assertThat(Shapes.isAccessKeyId(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a-b", "1-2-3", "a--b"})
    void buckets(String name) {
        assertThat(Shapes.isBucket(name)).isTrue();
        assertThat(Shapes.isBucket("a".repeat(63))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "-abc", "abc-", "Abc", "a_b", "a.b", "abc\n"})
    void whatIsNoBucket(String name) {
        assertThat(Shapes.isBucket(name)).isFalse();
        assertThat(Shapes.isBucket("a".repeat(64))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"img.example.com", "a.b", "xn--fiqs8s.example", "1.2.3"})
    void domains(String host) {
        assertThat(Shapes.isDomain(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "a..b", ".a.b", "a.b.", "A.b", "a.b:80", "-a.b", "a-.b", "a_b.c", "a.b\n"})
    void whatIsNoDomain(String host) {
        assertThat(Shapes.isDomain(host)).isFalse();
        assertThat(Shapes.isDomain("a.".repeat(126) + "ab")).isFalse();
        assertThat(Shapes.isDomain("a".repeat(64) + ".b")).isFalse();
    }

    @Test
    void objectKeysAreCountedInBytes() {
        assertThat(Shapes.isObjectKey("é".repeat(511))).isTrue();
        assertThat(Shapes.isObjectKey("é".repeat(512))).isFalse();
        assertThat(Shapes.isObjectKey("")).isFalse();
        assertThat(Shapes.isObjectKey("\uD83D")).isFalse();
        assertThat(Shapes.isObjectKey("..//a\u0000?")).isTrue();
    }
}
