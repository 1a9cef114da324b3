package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void everyValueKnowsItsPlace() throws InvalidDocumentException {
        Value value = Values.parse("{\"a\":\n [1, {\"b\": \"x\"}]}");
        Value.ObjectValue root = (Value.ObjectValue) value;
        Value.ArrayValue array = (Value.ArrayValue) root.members().get("a");
        Value.ObjectValue inner = (Value.ObjectValue) array.elements().get(1);
        assertThat(inner.members().get("b").at()).isEqualTo(new Value.Location("a[1].b", 2));
    }

    @Test
    void writingAValueKeepsOrderAndLiterals() throws InvalidDocumentException {
        String text = "{\"z\":1.50,\"a\":[true,null,\"é\\n\"],\"m\":{}}";
        assertThat(JsonText.of(Values.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{'a':1}",
                "[1 2]",
                "nul",
                "\"a",
                "// x\n{}",
                "NaN",
                "{\"a\":01}"
            })
    void refusesAnythingButOneStrictDocument(String text) {
        assertThatThrownBy(() -> Values.parse(text)).isInstanceOf(InvalidDocumentException.class);
    }

    /** A manifest in YAML is read here as well. */
    @Test
    void anEmptyTextIsRefusedWhateverItsFormat() {
        assertThatThrownBy(() -> Values.parse(" "))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("the text is empty; write one document");
    }

    @Test
    void depthIsBounded() throws InvalidDocumentException {
        assertThat(Values.parse("[".repeat(32) + "]".repeat(32))).isInstanceOf(Value.ArrayValue.class);
        assertThatThrownBy(() -> Values.parse("[".repeat(33) + "]".repeat(33)))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("too deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":\n{\"b\":1,\n\"b\":2}}", "{\"a\":\n{\"b\":1,\n\"\\u0062\":[}}", "{\"ä\":\n1,\n\"ä\":2}"})
    void aDuplicatedMemberIsRefusedWithItsLine(String text) {
        assertThatThrownBy(() -> Values.parse(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("a member is duplicated in one object; write each once")
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> Values.parse(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("a member is duplicated in one object; write each once")
                .hasMessageContaining("line 3");
    }

    @Property
    void bytesAreReadAsTheirText(@ForAll("documents") String text) {
        assertThat(outcome(() -> Values.parse(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(outcome(() -> Values.parse(text)));
    }

    /** Documents, and pieces of documents. */
    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"a\"",
                        "\"b\"",
                        "\"\\n\\u00e9\"",
                        "\"ä\"",
                        "1",
                        "-1.5e3",
                        "01",
                        "true",
                        "null",
                        "nul",
                        "\n",
                        "\r\n",
                        " ",
                        "\"\\ud800\"",
                        "\"",
                        "\0",
                        "{\"a\":1}",
                        "[1,\"x\"]",
                        "\"a\":",
                        "\\")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    private static Object outcome(Parse parse) {
        try {
            return parse.value();
        } catch (InvalidDocumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private interface Parse {
        Value value() throws InvalidDocumentException;
    }

    @Test
    void bytesOfAnotherEncodingAreRefused() {
        for (Charset charset :
                List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32"))) {
            assertThatThrownBy(() -> Values.parse("{\"a\":1}".getBytes(charset)))
                    .isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void bytesMustBeUtf8() {
        byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Values.parse(latin1)).hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,\"\\ud800\"]}",
                "{\"a\":[1,\"x\\udfffy\"]}",
                "{\"a\":[1,\"\\udc00\\ud800\"]}",
                "{\"a\":[1,\"\\ud83d\\ud83d\\ude00\"]}",
                "{\"a\":[1,\"\ud83d\"]}",
            })
    void halfASurrogatePairIsNoCharacter(String text) {
        assertThatThrownBy(() -> Values.parse(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("half of a surrogate pair")
                .hasMessageContaining("a[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"\\ud800\":1}}", "{\"a\":{\"x\udc00\":1}}"})
    void halfASurrogatePairIsNoName(String text) {
        assertThatThrownBy(() -> Values.parse(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("half of a surrogate pair")
                .hasMessageContaining("(at a,");
    }

    @Test
    void aWholePairIsACharacter() throws InvalidDocumentException {
        assertThat(Values.parse("\"\\ud83d\\ude00\"")).isEqualTo(Values.parse("\"\ud83d\ude00\""));
        assertThat(Values.parse("{\"\\ud83d\\ude00\":\"a\\uffff\"}")).isInstanceOf(Value.ObjectValue.class);
    }

    @Test
    void bytesOfHalfASurrogatePairAreNotUtf8() {
        byte[] half = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThatThrownBy(() -> Values.parse(half)).hasMessageContaining("UTF-8");
    }

    @Test
    void aRefusalNeverRepeatsTheText() {
        assertThatThrownBy(() -> Values.parse("{\"secret\": hunter2}"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
