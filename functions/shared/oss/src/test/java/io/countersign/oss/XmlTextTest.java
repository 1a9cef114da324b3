package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class XmlTextTest {
    /** The smallest buffer grows at every place. */
    private static final int SMALL = 1;

    /** Parts of one char each make pairs of surrogates, and halves, at every place. */
    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.of(
                "a",
                "&",
                "<",
                ">",
                "\"",
                "'",
                "\r",
                "\n",
                "\t",
                "\0",
                "\u007f",
                "?",
                "\u0080",
                "\u00e9",
                "\u0141",
                "\u07ff",
                "\u0800",
                "\ud83d",
                "\ude00",
                "\ufffe",
                "\uffff",
                "\ufffd",
                "x".repeat(1_000));
    }

    @Property
    void markupIsTheTextInUtf8(@ForAll List<@From("parts") String> parts) {
        String text = String.join("", parts);
        assertThat(bytes(new XmlText(SMALL).markup(text))).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void contentIsEscapedByCodePoint(@ForAll List<@From("parts") String> parts) {
        String text = String.join("", parts);
        String escaped = text.codePoints().mapToObj(XmlTextTest::escaped).collect(Collectors.joining());
        assertThat(bytes(new XmlText(SMALL).content(text))).isEqualTo(escaped.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(int c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\r' -> "&#13;";
            case '\n', '\t' -> Character.toString(c);
            case 0xFFFE, 0xFFFF -> "\uFFFD";
            default -> c < ' ' || c >= 0xD800 && c <= 0xDFFF ? "\uFFFD" : Character.toString(c);
        };
    }

    @Property
    void octetsAreHex(@ForAll byte[] octets) {
        assertThat(new XmlText(SMALL).markup("<").hex(octets).markup(">"))
                .hasToString("<" + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(octets) + ">");
    }

    @Test
    void nothingIsLeftOfWhatWasCleared() {
        XmlText xml = new XmlText(SMALL).markup("<a>").content("a longer text");
        xml.clear();
        assertThat(xml.content("b")).hasToString("b");
        assertThat(bytes(xml)).containsExactly('b');
    }

    private static byte[] bytes(XmlText xml) {
        return xml.utf8(Arrays::copyOf);
    }
}
