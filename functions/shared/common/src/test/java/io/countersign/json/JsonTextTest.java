package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

    /** Strings of one char each reach every place of half a surrogate pair. */
    @Property
    void charactersAreWrittenAsAStringOfThem(@ForAll List<@From("parts") String> parts) {
        String text = String.join("", parts);

        assertThat(JsonText.utf8(json -> json.put("a", (text + "rest").toCharArray(), text.length())))
                .isEqualTo(JsonText.utf8(json -> json.put("a", text)));
        assertThat(JsonText.object(json -> json.put("a", (text + "rest").toCharArray(), text.length())))
                .isEqualTo(JsonText.object(json -> json.put("a", text)));
    }

    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.of("a", "\"", "\n", "é", "中", "\ud83d", "\ude00", "\ud83d\ude00", "x".repeat(1_000));
    }

    @Test
    void anObjectForEachElement() {
        assertThat(JsonText.object(
                        json -> json.objects("of", List.of("a", "b"), (member, name) -> member.put("name", name))
                                .objects("none", List.<String>of(), (member, name) -> member.put("name", name))))
                .isEqualTo("{\"of\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"none\":[]}");
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
