package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of OSS's error responses (docs/protocol.md 8). */
public final class ErrorDocument {
    private static final String TROUBLESHOOTING = "https://api.aliyun.com/troubleshoot?q=";

    /** The characters of most documents with details. */
    private static final int USUAL = 1024;

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
        StringBuilder xml = new StringBuilder(USUAL);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n");
        elements(code, ec, message, details, requestId, hostId).forEach((name, text) -> {
            xml.append("  ");
            element(xml, name, text);
            xml.append('\n');
        });
        return xml.append("</Error>\n").toString();
    }

    /**
     * Returns the document as a header value: one line of printable ASCII, with character references for everything
     * else.
     *
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String line(
            String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
        StringBuilder xml = new StringBuilder(USUAL);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error>");
        elements(code, ec, message, details, requestId, hostId).forEach((name, text) -> element(xml, name, text));
        return printable(xml.append("</Error>"));
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

    private static Map<String, String> elements(
            String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
        Map<String, String> elements = new LinkedHashMap<>();
        elements.put("Code", code);
        elements.put("Message", message);
        elements.put("RequestId", requestId);
        elements.put("HostId", hostId);
        elements.putAll(details);
        if (!ec.isEmpty()) {
            elements.put("EC", ec);
            elements.put("RecommendDoc", TROUBLESHOOTING + ec);
        }
        return elements;
    }

    /** Encodes the document for the header {@code x-oss-err} of a response to HEAD. */
    public static String headerValue(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void element(StringBuilder xml, String name, String value) {
        if (!isElementName(name)) {
            throw new IllegalArgumentException("not an element of an error document: a name has letters and digits");
        }
        xml.append('<').append(name).append('>');
        XmlText.escape(value, xml);
        xml.append("</").append(name).append('>');
    }

    private static boolean isElementName(String name) {
        if (name.isEmpty() || name.charAt(0) <= '9') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toLowerCase(name.charAt(i));
            if (c >= 0x80 || c == '-' || !HostText.isLabelCharacter(c)) {
                return false;
            }
        }
        return true;
    }
}
