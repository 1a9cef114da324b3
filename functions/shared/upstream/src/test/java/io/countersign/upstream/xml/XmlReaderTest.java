package io.countersign.upstream.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
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

class XmlReaderTest {
    @Test
    void readsElementsWithoutTheirNamespace() throws MalformedXmlException {
        XmlElement root = read("""
                <?xml version="1.0" encoding="UTF-8"?>

                <s:List xmlns:s="http://s3.amazonaws.com/doc/2006-03-01/" a="b">
                  <Key> a&amp;b&#13;<![CDATA[<c>]]> </Key><Empty/>
                  <Owner><ID>1</ID></Owner><Owner><ID>2</ID></Owner>
                </s:List>""");
        assertThat(root.name()).isEqualTo("List");
        assertThat(root.textOf("Key")).contains(" a&b\r<c> ");
        assertThat(root.textOf("Empty")).contains("");
        assertThat(root.textOf("Absent")).isEmpty();
        assertThat(root.all("Owner"))
                .extracting(owner -> owner.textOf("ID").orElseThrow())
                .containsExactly("1", "2");
    }

    @Test
    void readsADocumentAfterAByteOrderMark() throws MalformedXmlException {
        assertThat(read("\uFEFF<?xml version=\"1.0\"?><A/>").name()).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "<A>",
                "<A></B>",
                "<A/><B/>",
                "<A>text<B/></A>",
                "<A>&e;</A>",
                "<A><?target data?></A>",
                "<!DOCTYPE A><A/>",
                "<!DOCTYPE A SYSTEM \"file:///etc/passwd\"><A/>",
                "<!DOCTYPE A [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><A>&e;</A>",
                "<!DOCTYPE A [<!ENTITY e \"eeeeeeeeee\"><!ENTITY f \"&e;&e;&e;&e;\">]><A>&f;</A>",
                "<A>\u0001</A>",
                "<A>&#1;</A>",
                "<A b=\"1\" b=\"2\"/>",
                "<p:A/>"
            })
    void refuses(String text) {
        assertThatExceptionOfType(MalformedXmlException.class).isThrownBy(() -> read(text));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        Bytes utf16 = Bytes.of("<?xml version=\"1.0\" encoding=\"UTF-16\"?><A/>".getBytes(StandardCharsets.UTF_16));
        assertThatExceptionOfType(MalformedXmlException.class).isThrownBy(() -> XmlReader.read(utf16, 10));
    }

    @Test
    void boundsElementsAndLevels() throws MalformedXmlException {
        String ten = "<A>" + "<B/>".repeat(9) + "</A>";
        assertThat(XmlReader.read(Bytes.utf8(ten), 10).children()).hasSize(9);
        assertThatExceptionOfType(MalformedXmlException.class).isThrownBy(() -> XmlReader.read(Bytes.utf8(ten), 9));
        assertThat(read("<A>".repeat(16) + "</A>".repeat(16)).name()).isEqualTo("A");
        assertThatExceptionOfType(MalformedXmlException.class)
                .isThrownBy(() -> read("<A>".repeat(17) + "</A>".repeat(17)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("aZ0<>&\"'\r\n\t ]]>中é\u00a0\u2028\ufffd")
                .withChars('\ud7ff', '\ue000')
                .ofMaxLength(20);
    }

    @Property
    void readsWhatItWrote(@ForAll("texts") String first, @ForAll("texts") String second) throws MalformedXmlException {
        XmlElement written = XmlElement.of(
                "A", List.of(XmlElement.of("B", first), XmlElement.of("C", List.of(XmlElement.of("D", second)))));
        assertThat(XmlReader.read(written.document(), 4)).isEqualTo(written);
    }

    private static XmlElement read(String text) throws MalformedXmlException {
        return XmlReader.read(Bytes.utf8(text), 100);
    }
}
