package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The body of OSS's error responses (docs/protocol.md 8). In each of its forms, characters that XML cannot represent become U+FFFD, so that any key or header may be quoted.
 *
 * @param ec empty when there is none
 * @param details further elements by name, in their order, such as {@code StringToSign}
 */
public record ErrorDocument(
        String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
    private static final String TROUBLESHOOTING = "https://api.aliyun.com/troubleshoot?q=";

    /** More bytes than those of most documents. */
    private static final int USUAL = 2048;

    private static final XmlTag CODE = XmlTag.of("Code");
    private static final XmlTag MESSAGE = XmlTag.of("Message");
    private static final XmlTag REQUEST_ID = XmlTag.of("RequestId");
    private static final XmlTag HOST_ID = XmlTag.of("HostId");
    private static final XmlTag EC = XmlTag.of("EC");
    private static final XmlTag RECOMMEND_DOC = XmlTag.of("RecommendDoc");

    public ErrorDocument {
        details = ErrorDetails.of(details);
    }

    /** The document of a known error. */
    public static ErrorDocument of(
            OssError error, String message, Map<String, String> details, String requestId, String hostId) {
        return new ErrorDocument(error.code(), error.ec(), message, details, requestId, hostId);
    }

    private ErrorDocument withoutDetails() {
        return new ErrorDocument(code, ec, message, ErrorDetails.NONE, requestId, hostId);
    }

    /**
     * Returns the XML text.
     *
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public String xml() {
        XmlText xml = new XmlText(USUAL);
        appendTo(xml);
        return xml.toString();
    }

    /**
     * Appends the text that {@link #xml} returns.
     *
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public void appendTo(XmlText xml) {
        append(xml, Layout.LINES);
    }

    /**
     * Returns the value of the header {@code x-oss-err} of a response to HEAD.
     *
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public String headerValue() {
        return Base64.getEncoder().encodeToString(xml().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns {@link #headerValue}, or that of the document without its details where the whole one is too long. Empty when both are.
     *
     * @param most the most characters of the value
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public Optional<String> headerValue(int most) {
        return fitting(most, ErrorDocument::headerValue);
    }

    /**
     * Returns the document as a header value: one line of printable ASCII, with character references for everything else. Without its details where the whole
     * document is too long; empty when that is too long as well.
     *
     * @param most the most characters of the value
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public Optional<String> line(int most) {
        return fitting(most, ErrorDocument::line);
    }

    private Optional<String> fitting(int most, Function<ErrorDocument, String> form) {
        return Optional.of(form.apply(this))
                .filter(value -> value.length() <= most)
                .or(() -> Optional.of(form.apply(withoutDetails())).filter(value -> value.length() <= most));
    }

    private String line() {
        XmlText xml = new XmlText(USUAL);
        append(xml, Layout.ONE_LINE);
        return printable(xml.toString());
    }

    private static String printable(String xml) {
        StringBuilder line = new StringBuilder(xml.length() + 64);
        for (int i = 0; i < xml.length(); ) {
            int c = xml.codePointAt(i);
            if (c >= ' ' && c <= '~') {
                line.append((char) c);
            } else {
                line.append("&#").append(c).append(';');
            }
            i += Character.charCount(c);
        }
        return line.toString();
    }

    private void append(XmlText xml, Layout layout) {
        xml.ascii(layout.head());
        layout.element(xml, CODE, code);
        layout.element(xml, MESSAGE, message);
        layout.element(xml, REQUEST_ID, requestId);
        layout.element(xml, HOST_ID, hostId);
        for (ErrorDetails.Element detail : ErrorDetails.of(details).elements()) {
            XmlTag tag = XmlTag.of(detail.name());
            switch (detail) {
                case ErrorDetails.Element.Text text -> layout.element(xml, tag, text.value());
                case ErrorDetails.Element.Octets octets -> layout.element(xml, tag, octets.octets());
            }
        }
        if (!ec.isEmpty()) {
            layout.element(xml, EC, ec);
            layout.element(xml, RECOMMEND_DOC, TROUBLESHOOTING + ec);
        }
        xml.ascii(layout.tail());
    }

    /**
     * What stands between the elements, encoded once.
     *
     * @param head what precedes the first element of the error
     * @param indent what precedes each of them
     * @param lineEnd what follows each of them
     * @param tail what follows the last one
     */
    private record Layout(byte[] head, byte[] indent, byte[] lineEnd, byte[] tail) {
        static final Layout LINES = of("\n", "  ");
        static final Layout ONE_LINE = of("", "");

        private static Layout of(String lineEnd, String indent) {
            return new Layout(
                    ascii("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + lineEnd + "<Error>" + lineEnd),
                    ascii(indent),
                    ascii(lineEnd),
                    ascii("</Error>" + lineEnd));
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        void element(XmlText xml, XmlTag tag, String value) {
            tag.start(xml.ascii(indent)).content(value);
            tag.end(xml).ascii(lineEnd);
        }

        void element(XmlText xml, XmlTag tag, byte[] octets) {
            tag.start(xml.ascii(indent)).hex(octets);
            tag.end(xml).ascii(lineEnd);
        }
    }
}
