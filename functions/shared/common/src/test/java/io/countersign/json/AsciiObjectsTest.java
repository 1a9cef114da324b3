package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsciiObjectsTest {
    private static final AsciiObjects.Name TEXT = new AsciiObjects.Name("text");
    private static final AsciiObjects.Name MORE = new AsciiObjects.Name("more");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AsciiObjects objects = new AsciiObjects(out);

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String written(String text) {
        objects.begin();
        objects.put(TEXT, text);
        objects.end();
        return written();
    }

    @Test
    void writesObjectsOneAfterAnother() {
        objects.begin();
        objects.put(TEXT, "a");
        objects.put(MORE, 7);
        objects.end();
        objects.begin();
        objects.put(TEXT, Optional.of("b"));
        objects.put(MORE, Optional.empty());
        objects.end();
        assertThat(written()).isEqualTo("{\"text\":\"a\",\"more\":7}{\"text\":\"b\",\"more\":null}");
    }

    @Test
    void hasTheWholeObjectInTheBufferAtItsEnd() {
        objects.begin();
        objects.putNull(TEXT);
        objects.end();
        assertThat(written()).isEqualTo("{\"text\":null}");
    }

    @Test
    void addsMembersThatAreWrittenAlready() {
        objects.begin();
        objects.put(TEXT, "a");
        objects.members(more -> more.write(",\"x\":1".getBytes(StandardCharsets.UTF_8)));
        objects.put(MORE, 7);
        objects.end();
        assertThat(written()).isEqualTo("{\"text\":\"a\",\"x\":1,\"more\":7}");
    }

    @Test
    void escapesAllButPlainAscii() {
        assertThat(written("a\n\r\u001b\u007f\u0085\u2028\u00e9\"\\~ \uD83D\uDE00"))
                .isEqualTo("{\"text\":\"a\\n\\r\\u001B\\u007F\\u0085\\u2028\\u00E9\\\"\\\\~ \\uD83D\\uDE00\"}");
    }

    @Test
    void tellsAQuestionMarkFromACharacterThatHasNoByte() {
        assertThat(written("a?b")).isEqualTo("{\"text\":\"a?b\"}");
        out.reset();
        assertThat(written("a\u0416b")).isEqualTo("{\"text\":\"a\\u0416b\"}");
    }

    @Test
    void writesLongTextsWhole() {
        assertThat(written("x".repeat(5_000))).isEqualTo("{\"text\":\"" + "x".repeat(5_000) + "\"}");
    }

    @Test
    void readsBackEveryCharacterInEveryPlace() throws Exception {
        for (char c = 0; c < 0x180; c++) {
            for (String text : List.of(c + "ab", "a" + c + "b", "ab" + c)) {
                out.reset();
                assertThat(written(text)).matches("[ -~]+");
                assertThat(Values.parse(written()))
                        .isInstanceOfSatisfying(
                                Value.ObjectValue.class,
                                read -> assertThat(read.members().get("text"))
                                        .isInstanceOfSatisfying(
                                                Value.StringValue.class,
                                                value ->
                                                        assertThat(value.text()).isEqualTo(text)));
            }
        }
    }

    @Test
    void replacesHalfOfASurrogatePair() {
        assertThat(written("a\uD83Db\uDE00")).isEqualTo("{\"text\":\"a\\uFFFDb\\uFFFD\"}");
    }
}
