package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTagsTest {
    @Test
    void tagsAreNamesAndValues() throws OssRefusal {
        assertThat(ObjectTags.parse(" \ta=1&b%20c=%26\t "))
                .containsExactly(QueryParameter.of("a", "1"), QueryParameter.of("b c", "&"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=2", "a=1&b=2&%61=1", "a&a"})
    void refusesARepeatedTag(String header) {
        assertThatThrownBy(() -> ObjectTags.parse(header))
                .isInstanceOf(OssRefusal.class)
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u3000", "\u2003", "\u2028", "\u00a0", "\u001f", "\u000b"})
    void keepsSpacesThatHttpDoesNotTrim(String end) throws OssRefusal {
        assertThat(ObjectTags.parse("a=1" + end).getFirst().value()).isEqualTo("1" + end);
        assertThat(OuterSpace.trim(end + "x" + end)).isEqualTo(end + "x" + end);
        assertThat(OuterSpace.trim(" \t" + end + "\t ")).isEqualTo(end);
        assertThat(OuterSpace.trim("\t \t")).isEmpty();
    }
}
