package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The body of OSS's error responses (docs/protocol.md 8). */
public final class ErrorDocument {
    private static final String TROUBLESHOOTING = "https://api.aliyun.com/troubleshoot?q=";

    /** More bytes than those of most documents. */
    private static final int USUAL = 2048;

    private static final XmlTag CODE = new XmlTag("Code");
    private static final XmlTag MESSAGE = new XmlTag("Message");
    private static final XmlTag REQUEST_ID = new XmlTag("RequestId");
    private static final XmlTag HOST_ID = new XmlTag("HostId");
    private static final XmlTag EC = new XmlTag("EC");
    private static final XmlTag RECOMMEND_DOC = new XmlTag("RecommendDoc");

    /** The tags of the details that most documents have. */
    private static final Map<String, XmlTag> DETAILS = Stream.of(
                    "OSSAccessKeyId", "SignatureProvided", "StringToSign", "StringToSignBytes", "CanonicalRequest")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), XmlTag::new));

    private ErrorDocument() {}

    /**
     * Returns the XML text. Characters that XML cannot represent become U+FFFD, so that any key or header may be
     * quoted.
     *
     * @param details further elements by name, in their order, such as {@code StringToSign}
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String xml(
            OssError error, String message, Map<String, String> details, String requestId, String hostId) {
        return xml(error.code(), error.ec(), message, details, requestId, hostId);
    }

    /**
     * As {@link #xml}, for an error that is known by its code and its EC.
     *
     * @param ec empty when there is none
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String xml(
            String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
        XmlText xml = new XmlText(USUAL);
        xml(xml, code, ec, message, details, requestId, hostId);
        return xml.toString();
    }

    /**
     * Appends the text that {@link #xml} returns.
     *
     * @param ec empty when there is none
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static void xml(
            XmlText xml,
            String code,
            String ec,
            String message,
            Map<String, String> details,
            String requestId,
            String hostId) {
        text(xml, "\n", "  ", code, ec, message, details, requestId, hostId);
    }

    /**
     * Returns the document as a header value: one line of printable ASCII, with character references for everything
     * else.
     *
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String line(
            String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
        XmlText xml = new XmlText(USUAL);
        text(xml, "", "", code, ec, message, details, requestId, hostId);
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

    /**
     * @param lineEnd what follows each element
     * @param indent what precedes the elements of the error
     */
    private static void text(
            XmlText xml,
            String lineEnd,
            String indent,
            String code,
            String ec,
            String message,
            Map<String, String> details,
            String requestId,
            String hostId) {
        xml.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
                .markup(lineEnd)
                .markup("<Error>")
                .markup(lineEnd);
        element(xml, indent, CODE, code, lineEnd);
        element(xml, indent, MESSAGE, message, lineEnd);
        element(xml, indent, REQUEST_ID, requestId, lineEnd);
        element(xml, indent, HOST_ID, hostId, lineEnd);
        for (ErrorDetails.Element detail : ErrorDetails.of(details).elements()) {
            XmlTag tag = tag(detail.name());
            switch (detail) {
                case ErrorDetails.Element.Text text -> element(xml, indent, tag, text.value(), lineEnd);
                case ErrorDetails.Element.Octets octets -> {
                    tag.start(xml.markup(indent));
                    xml.hex(octets.octets());
                    tag.end(xml).markup(lineEnd);
                }
            }
        }
        if (!ec.isEmpty()) {
            element(xml, indent, EC, ec, lineEnd);
            element(xml, indent, RECOMMEND_DOC, TROUBLESHOOTING + ec, lineEnd);
        }
        xml.markup("</Error>").markup(lineEnd);
    }

    /** Encodes the document for the header {@code x-oss-err} of a response to HEAD. */
    public static String headerValue(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void element(XmlText xml, String indent, XmlTag tag, String value, String lineEnd) {
        tag.start(xml.markup(indent)).content(value);
        tag.end(xml).markup(lineEnd);
    }

    private static XmlTag tag(String detail) {
        XmlTag known = DETAILS.get(detail);
        return known == null ? new XmlTag(detail) : known;
    }
}
