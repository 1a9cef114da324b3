package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The body of OSS's error responses (docs/protocol.md 8). */
public final class ErrorDocument {
    private static final String TROUBLESHOOTING = "https://api.aliyun.com/troubleshoot?q=";

    /** The characters of a document beside its details: of their names, of ids and of what every document has. */
    private static final int USUAL = 768;

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
        StringBuilder xml = new StringBuilder(USUAL + length(details));
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
            StringBuilder xml,
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
        StringBuilder xml = new StringBuilder(USUAL + length(details));
        text(xml, "", "", code, ec, message, details, requestId, hostId);
        return printable(xml);
    }

    private static String printable(StringBuilder xml) {
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
            StringBuilder xml,
            String lineEnd,
            String indent,
            String code,
            String ec,
            String message,
            Map<String, String> details,
            String requestId,
            String hostId) {
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
                .append(lineEnd)
                .append("<Error>")
                .append(lineEnd);
        element(xml, indent, "Code", code, lineEnd);
        element(xml, indent, "Message", message, lineEnd);
        element(xml, indent, "RequestId", requestId, lineEnd);
        element(xml, indent, "HostId", hostId, lineEnd);
        details.forEach((name, value) -> element(xml, indent, name, value, lineEnd));
        if (!ec.isEmpty()) {
            element(xml, indent, "EC", ec, lineEnd);
            element(xml, indent, "RecommendDoc", TROUBLESHOOTING + ec, lineEnd);
        }
        xml.append("</Error>").append(lineEnd);
    }

    private static int length(Map<String, String> details) {
        int length = 0;
        for (String value : details.values()) {
            length += value.length();
        }
        return length;
    }

    /** Encodes the document for the header {@code x-oss-err} of a response to HEAD. */
    public static String headerValue(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void element(StringBuilder xml, String indent, String name, String value, String lineEnd) {
        if (!isElementName(name)) {
            throw new IllegalArgumentException("not an element of an error document: a name has letters and digits");
        }
        xml.append(indent).append('<').append(name).append('>');
        XmlText.escape(value, xml);
        xml.append("</").append(name).append('>').append(lineEnd);
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
