package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
    @Test
    void onlyUnreservedCharactersStay() {
        assertThat(PercentEncoding.encode("aZ09-._~")).isEqualTo("aZ09-._~");
        assertThat(PercentEncoding.encode(" !\"#$%&'()*+,/:;=?@[]\n"))
                .isEqualTo("%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3D%3F%40%5B%5D%0A");
    }

    @Test
    void aPathKeepsItsSlashes() {
        assertThat(PercentEncoding.encodePath("/b/dir//a b+c中.txt")).isEqualTo("/b/dir//a%20b%2Bc%E4%B8%AD.txt");
    }

    @Test
    void textOutsideTheFirstPlaneTakesFourOctets() {
        assertThat(PercentEncoding.encode("é€😀")).isEqualTo("%C3%A9%E2%82%AC%F0%9F%98%80");
    }

    @Property
    void comparesTextsInTheOrderOfTheirEncodedForms(@ForAll("mixed") String one, @ForAll("mixed") String other) {
        int encoded = PercentEncoding.encode(one).compareTo(PercentEncoding.encode(other));

        assertThat(Integer.signum(PercentEncoding.compareEncoded(one, other))).isEqualTo(Integer.signum(encoded));
    }

    /** Characters of each length in UTF-8, on both sides of each boundary in the order, in texts that are often alike. */
    @Provide
    Arbitrary<String> mixed() {
        return Arbitraries.of(
                        "a",
                        "-",
                        "~",
                        "Z",
                        " ",
                        "!",
                        "%",
                        "\u007f",
                        "\u0080",
                        "é",
                        "中",
                        "\ud7ff",
                        "\ue000",
                        "\uffff",
                        "\ud800\udc00",
                        "\ud83d\ude00",
                        "\ud83d\ude01",
                        "\udbff\udfff")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Test
    void readsAPlusAsASpaceOnlyInUrls() throws OssRefusal {
        assertThat(PercentEncoding.decode("a+b%2Bc", EncodedText.URL)).isEqualTo("a b+c");
        assertThat(PercentEncoding.decodeEscapes("a+b%2Bc", EncodedText.URL)).isEqualTo("a+b+c");
    }

    @Test
    void decodingIsDoneOnce() throws OssRefusal {
        assertThat(PercentEncoding.decode("%2525%252F%252B", EncodedText.URL)).isEqualTo("%25%2F%2B");
    }

    @Test
    void rawUtf8IsKeptAsItIs() throws OssRefusal {
        assertThat(PercentEncoding.decode("中%20😀%2e", EncodedText.URL)).isEqualTo("中 😀.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%4", "%4g", "%g4", "%%41", "% 41", "%４１", "%-1", "%+1"})
    void brokenEscapesAreRefused(String raw) {
        refused(OssError.INVALID_ARGUMENT, () -> PercentEncoding.decode(raw, EncodedText.URL));
        refused(OssError.INVALID_ARGUMENT, () -> PercentEncoding.decodeEscapes(raw, EncodedText.URL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%80", "%C3", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%FF", "x\uD800y", "\uDC00"})
    void refusesTextThatIsNotUtf8(String raw) {
        refused(OssError.INVALID_ARGUMENT, () -> PercentEncoding.decode(raw, EncodedText.URL));
    }

    @Property
    void decodesEncodedTextToItself(@ForAll String text) throws OssRefusal {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(PercentEncoding.decodeEscapes(PercentEncoding.encode(whole), EncodedText.URL))
                .isEqualTo(whole);
        assertThat(PercentEncoding.decode(PercentEncoding.encode(whole), EncodedText.URL))
                .isEqualTo(whole);
        assertThat(PercentEncoding.decode(PercentEncoding.encodePath(whole), EncodedText.URL))
                .isEqualTo(whole);
    }

    @Property
    void aSecondDecoderReadsTheSame(@ForAll String text) {
        assertThat(URLDecoder.decode(PercentEncoding.encode(text), StandardCharsets.UTF_8))
                .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Property
    void anyTextIsDecodedOrRefused(@ForAll String raw) {
        try {
            assertThat(PercentEncoding.decode(raw, EncodedText.URL).length()).isLessThanOrEqualTo(raw.length());
        } catch (OssRefusal e) {
            assertThat(e.error()).isEqualTo(OssError.INVALID_ARGUMENT);
        }
    }
}
