package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of OSS's error answers (protocol.md 8). */
public final class ErrorDocument {
    private static final String TROUBLESHOOTING = "https://api.aliyun.com/troubleshoot?q=";

    private ErrorDocument() {}

    /**
     * The XML text. Characters that XML cannot carry become U+FFFD, so that any key or header may be quoted.
     *
     * @param details further elements by name, in their order, such as {@code StringToSign}
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String xml(
            OssError error, String message, Map<String, String> details, String requestId, String hostId) {
        return xml(error.code(), error.ec(), message, details, requestId, hostId);
    }

    /**
     * The same for an error that is known by its code and its EC.
     *
     * @param ec empty when there is none
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String xml(
            String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
        StringBuilder xml = new StringBuilder(512);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n");
        elements(code, ec, message, details, requestId, hostId).forEach((name, text) -> {
            xml.append("  ");
            element(xml, name, text);
            xml.append('\n');
        });
        return xml.append("</Error>\n").toString();
    }

    /**
     * The same document as the value of a header: one line of printable ASCII, where everything else is a character reference.
     *
     * @throws IllegalArgumentException when a detail's name is not letters and digits
     */
    public static String line(
            String code, String ec, String message, Map<String, String> details, String requestId, String hostId) {
        StringBuilder xml = new StringBuilder(512);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error>");
        elements(code, ec, message, details, requestId, hostId).forEach((name, text) -> element(xml, name, text));
        return printable(xml.append("</Error>"));
    }

    private static String printable(StringBuilder xml) {
        StringBuilder line = new StringBuilder(xml.length() + 64);
        xml.codePoints().forEach(c -> {
            if (c >= ' ' && c <= '~') {
                line.append((char) c);
            } else {
                line.append("&#").append(c).append(';');
            }
        });
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

    /** The document as the header {@code x-oss-err} of an answer to HEAD carries it. */
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
