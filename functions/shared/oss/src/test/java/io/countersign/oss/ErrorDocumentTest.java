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

    private static ErrorDocument denied(String message, Map<String, String> details) {
        return ErrorDocument.of(OssError.ACCESS_DENIED, message, details, "r", "h");
    }

    private static String line(ErrorDocument document) {
        return document.line(Integer.MAX_VALUE).orElseThrow();
    }

    @Test
    void theDocumentIsOss() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("OSSAccessKeyId", "LTAI5tExample");
        details.put("StringToSign", "GET\n\n");
        ErrorDocument document = ErrorDocument.of(
                OssError.SIGNATURE_DOES_NOT_MATCH, "It does not match.", details, "5C3D", "b.example.com");
        assertThat(document.xml()).isEqualTo("""
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
        assertThat(denied("m", octets).xml()).isEqualTo(denied("m", values).xml());
        assertThat(line(denied("m", octets))).isEqualTo(line(denied("m", values)));
    }

    @Test
    void anErrorWithoutAnEcNamesNone() {
        assertThat(denied("m", Map.of()).xml()).doesNotContain("EC>").doesNotContain("RecommendDoc");
    }

    @Test
    void textIsEscaped() throws Exception {
        String xml = denied("</Message><Code>&\"'", Map.of()).xml();
        assertThat(text(read(xml), "Message")).isEqualTo("</Message><Code>&\"'");
        assertThat(read(xml).getElementsByTagName("Code").getLength()).isEqualTo(1);
    }

    @Test
    void replacesCharactersThatXmlForbids() throws Exception {
        String xml = denied("a\0b\u001Bc\uD800d\uFFFEe\r\n\tf😀]]>", Map.of()).xml();
        assertThat(text(read(xml), "Message")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\r\n\tf😀]]>");
    }

    @Test
    void escapesWhatFollowsPairsOfSurrogates() {
        assertThat(denied("\u00e9?😀&😀<a\uD800😀?>\u0416", Map.of()).xml())
                .contains("<Message>\u00e9?😀&amp;😀&lt;a\uFFFD😀?&gt;\u0416</Message>");
    }

    @Property
    void anyTextMakesAWellFormedDocument(@ForAll String message, @ForAll String detail) throws Exception {
        Document document = read(denied(message, Map.of("Detail", detail)).xml());
        assertThat(text(document, "Code")).isEqualTo("AccessDenied");
        assertThat(text(document, "Detail")).hasSameSizeAs(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a>", "a-b", "ä", "a/b"})
    void namesOfDetailsAreLettersAndDigits(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> denied("m", Map.of(name, "v")).xml());
    }

    @Test
    void theHeaderOfAnAnswerToHeadIsItsBase64() {
        ErrorDocument document = denied("中", Map.of());
        assertThat(new String(Base64.getDecoder().decode(document.headerValue()), StandardCharsets.UTF_8))
                .isEqualTo(document.xml());
        assertThat(document.headerValue()).doesNotContain("\n");
    }

    @Test
    void aHeaderThatIsTooLongLosesItsDetailsFirst() {
        ErrorDocument document = denied("m", Map.of("Detail", "d".repeat(100)));
        ErrorDocument shorter = denied("m", Map.of());
        int whole = document.headerValue().length();
        int least = shorter.headerValue().length();

        assertThat(document.headerValue(whole)).contains(document.headerValue());
        assertThat(document.headerValue(whole - 1)).contains(shorter.headerValue());
        assertThat(document.headerValue(least)).contains(shorter.headerValue());
        assertThat(document.headerValue(least - 1)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongLosesItsDetailsFirst() {
        ErrorDocument document = denied("m", Map.of("Detail", "d".repeat(100)));
        String whole = line(document);
        String least = line(denied("m", Map.of()));

        assertThat(document.line(whole.length())).contains(whole);
        assertThat(document.line(whole.length() - 1)).contains(least);
        assertThat(document.line(least.length())).contains(least);
        assertThat(document.line(least.length() - 1)).isEmpty();
    }

    @Property
    void asALineItIsTheSameDocument(@ForAll String message, @ForAll String detail) throws Exception {
        ErrorDocument error = new ErrorDocument("AccessDenied", "0003-1", message, Map.of("Detail", detail), "r", "h");
        assertThat(line(error)).matches("[ -~]*");
        Document document = read(line(error));
        Document other = read(error.xml());
        for (String name : new String[] {"Code", "Message", "RequestId", "HostId", "Detail", "EC", "RecommendDoc"}) {
            assertThat(text(document, name)).as(name).isEqualTo(text(other, name));
        }
    }
}
