package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The body of OSS's error responses (docs/protocol.md 8). */
public final class ErrorDocument {
    private static final String TROUBLESHOOTING = "https://api.aliyun.com/troubleshoot?q=";

    /** More bytes than those of most documents. */
    private static final int USUAL = 2048;

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
        element(xml, indent, "Code", code, lineEnd);
        element(xml, indent, "Message", message, lineEnd);
        element(xml, indent, "RequestId", requestId, lineEnd);
        element(xml, indent, "HostId", hostId, lineEnd);
        for (ErrorDetails.Element detail : ErrorDetails.of(details).elements()) {
            switch (detail) {
                case ErrorDetails.Element.Text(String name, String value) -> element(xml, indent, name, value, lineEnd);
                case ErrorDetails.Element.Octets octets -> {
                    start(xml, indent, octets.name());
                    xml.hex(octets.octets());
                    end(xml, octets.name(), lineEnd);
                }
            }
        }
        if (!ec.isEmpty()) {
            element(xml, indent, "EC", ec, lineEnd);
            start(xml, indent, "RecommendDoc");
            xml.content(TROUBLESHOOTING).content(ec);
            end(xml, "RecommendDoc", lineEnd);
        }
        xml.markup("</Error>").markup(lineEnd);
    }

    /** Encodes the document for the header {@code x-oss-err} of a response to HEAD. */
    public static String headerValue(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void element(XmlText xml, String indent, String name, String value, String lineEnd) {
        start(xml, indent, name);
        xml.content(value);
        end(xml, name, lineEnd);
    }

    private static void start(XmlText xml, String indent, String name) {
        if (!isElementName(name)) {
            throw new IllegalArgumentException("not an element of an error document: a name has letters and digits");
        }
        xml.markup(indent).markup("<").markup(name).markup(">");
    }

    private static void end(XmlText xml, String name, String lineEnd) {
        xml.markup("</").markup(name).markup(">").markup(lineEnd);
    }

    private static boolean isElementName(String name) {
        if (name.isEmpty() || name.charAt(0) <= '9') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }
}
