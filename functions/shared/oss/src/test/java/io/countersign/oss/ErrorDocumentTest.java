package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class ErrorDocumentTest {
    private static Document read(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Document document, String name) {
        return document.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void theDocumentIsOss() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("OSSAccessKeyId", "LTAI5tExample");
        details.put("StringToSign", "GET\n\n");
        assertThat(ErrorDocument.xml(
                        OssError.SIGNATURE_DOES_NOT_MATCH, "It does not match.", details, "5C3D", "b.example.com"))
                .isEqualTo("""
                    <?xml version="1.0" encoding="UTF-8"?>
                    <Error>
                      <Code>SignatureDoesNotMatch</Code>
                      <Message>It does not match.</Message>
                      <RequestId>5C3D</RequestId>
                      <HostId>b.example.com</HostId>
                      <OSSAccessKeyId>LTAI5tExample</OSSAccessKeyId>
                      <StringToSign>GET

                    </StringToSign>
                      <EC>0002-00000040</EC>
                      <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0002-00000040</RecommendDoc>
                    </Error>
                    """);
    }

    @Property
    void octetsAreWrittenAsTheirValue(@ForAll String text) {
        ErrorDetails octets =
                new ErrorDetails.Builder().addOctets("Octets", text).build();
        Map<String, String> values = Map.of("Octets", octets.get("Octets"));
        assertThat(ErrorDocument.xml(OssError.ACCESS_DENIED, "m", octets, "r", "h"))
                .isEqualTo(ErrorDocument.xml(OssError.ACCESS_DENIED, "m", values, "r", "h"));
        assertThat(ErrorDocument.line("AccessDenied", "", "m", octets, "r", "h"))
                .isEqualTo(ErrorDocument.line("AccessDenied", "", "m", values, "r", "h"));
    }

    @Test
    void anErrorWithoutAnEcNamesNone() {
        assertThat(ErrorDocument.xml(OssError.ACCESS_DENIED, "m", Map.of(), "r", "h"))
                .doesNotContain("EC>")
                .doesNotContain("RecommendDoc");
    }

    @Test
    void textIsEscaped() throws Exception {
        String xml = ErrorDocument.xml(OssError.ACCESS_DENIED, "</Message><Code>&\"'", Map.of(), "r", "h");
        assertThat(text(read(xml), "Message")).isEqualTo("</Message><Code>&\"'");
        assertThat(read(xml).getElementsByTagName("Code").getLength()).isEqualTo(1);
    }

    @Test
    void replacesCharactersThatXmlForbids() throws Exception {
        String xml =
                ErrorDocument.xml(OssError.ACCESS_DENIED, "a\0b\u001Bc\uD800d\uFFFEe\r\n\tf😀]]>", Map.of(), "r", "h");
        assertThat(text(read(xml), "Message")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\r\n\tf😀]]>");
    }

    @Test
    void escapesWhatFollowsPairsOfSurrogates() {
        assertThat(ErrorDocument.xml(OssError.ACCESS_DENIED, "\u00e9?😀&😀<a\uD800😀?>\u0416", Map.of(), "r", "h"))
                .contains("<Message>\u00e9?😀&amp;😀&lt;a\uFFFD😀?&gt;\u0416</Message>");
    }

    @Property
    void anyTextMakesAWellFormedDocument(@ForAll String message, @ForAll String detail) throws Exception {
        Document document =
                read(ErrorDocument.xml(OssError.ACCESS_DENIED, message, Map.of("Detail", detail), "r", "h"));
        assertThat(text(document, "Code")).isEqualTo("AccessDenied");
        assertThat(text(document, "Detail")).hasSameSizeAs(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a>", "a-b", "ä", "a/b"})
    void namesOfDetailsAreLettersAndDigits(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorDocument.xml(OssError.ACCESS_DENIED, "m", Map.of(name, "v"), "r", "h"));
    }

    @Test
    void theHeaderOfAnAnswerToHeadIsItsBase64() {
        String xml = ErrorDocument.xml(OssError.NO_SUCH_KEY, "中", Map.of(), "r", "h");
        assertThat(new String(Base64.getDecoder().decode(ErrorDocument.headerValue(xml)), StandardCharsets.UTF_8))
                .isEqualTo(xml);
        assertThat(ErrorDocument.headerValue(xml)).doesNotContain("\n");
    }

    @Property
    void asALineItIsTheSameDocument(@ForAll String message, @ForAll String detail) throws Exception {
        Map<String, String> details = Map.of("Detail", detail);
        String line = ErrorDocument.line("AccessDenied", "0003-1", message, details, "r", "h");
        assertThat(line).matches("[ -~]*");
        Document document = read(line);
        Document other = read(ErrorDocument.xml("AccessDenied", "0003-1", message, details, "r", "h"));
        for (String name : new String[] {"Code", "Message", "RequestId", "HostId", "Detail", "EC", "RecommendDoc"}) {
            assertThat(text(document, name)).as(name).isEqualTo(text(other, name));
        }
    }
}
