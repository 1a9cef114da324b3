package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Property
    void theBytesAreThoseOfTheText(@ForAll String name, @ForAll String value, @ForAll long number) {
        assertSame(json -> json.put(name, value)
                .put("number", number)
                .array("list", array -> array.object(member -> member.put("deep", List.of(value, name))))
                .put("flag", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0000\u001f\"\\/\u007f\u0080", "\ud83d\ude00", "\u2028中", "\ud83d", "\ude00x", "a\ud83dz"})
    void everyCharacterHasTheSameForm(String value) {
        assertSame(json -> json.put("a", value));
        assertSame(json -> json.put(value, "a"));
    }

    @Test
    void aLongObjectIsWhole() {
        assertSame(json -> json.put("a", "é".repeat(20_000)).put("b", "x".repeat(20_000)));
    }

    @Test
    void aFailureOfTheWriterIsNotHidden() {
        assertThatThrownBy(() -> JsonText.utf8(json -> {
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertSame(Consumer<JsonText.ObjectWriter> members) {
        assertThat(new String(JsonText.utf8(members), StandardCharsets.UTF_8))
                .isEqualTo(
                        new String(JsonText.object(members).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
