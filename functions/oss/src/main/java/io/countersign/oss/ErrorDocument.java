package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
        element(xml, "Code", code);
        element(xml, "Message", message);
        element(xml, "RequestId", requestId);
        element(xml, "HostId", hostId);
        for (Map.Entry<String, String> detail : details.entrySet()) {
            element(xml, detail.getKey(), detail.getValue());
        }
        if (!ec.isEmpty()) {
            element(xml, "EC", ec);
            element(xml, "RecommendDoc", TROUBLESHOOTING + ec);
        }
        return xml.append("</Error>\n").toString();
    }

    /** The document as the header {@code x-oss-err} of an answer to HEAD carries it. */
    public static String headerValue(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void element(StringBuilder xml, String name, String value) {
        if (!isElementName(name)) {
            throw new IllegalArgumentException("not an element of an error document: a name has letters and digits");
        }
        xml.append("  <").append(name).append('>');
        XmlText.escape(value, xml);
        xml.append("</").append(name).append(">\n");
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
