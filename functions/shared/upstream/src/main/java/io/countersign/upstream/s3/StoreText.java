package io.countersign.upstream.s3;

import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;

/** Values in a store's document. */
final class StoreText {
    private static final int LONGEST_NUMBER = 18;
    private static final int LONGEST_TAG = 256;

    private StoreText() {}

    static String of(XmlElement element, String child) throws MalformedXmlException {
        return element.textOf(child).orElseThrow(() -> new MalformedXmlException("There is no " + child + "."));
    }

    /**
     * Returns the ETag in quotes, as a header has it (RFC 9110 8.8.3).
     *
     * @throws MalformedXmlException also when no header can have it
     */
    static String eTag(XmlElement element) throws MalformedXmlException {
        String text = of(element, "ETag").strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String tag = quoted ? text.substring(1, text.length() - 1) : text;
        if (tag.isEmpty()
                || tag.length() > LONGEST_TAG
                || !tag.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"')) {
            throw new MalformedXmlException("ETag is none that a header can have.");
        }
        return '"' + tag + '"';
    }

    static long number(XmlElement element, String child) throws MalformedXmlException {
        String text = of(element, child).strip();
        if (text.isEmpty() || text.length() > LONGEST_NUMBER || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedXmlException(child + " is not a number.");
        }
        return Long.parseLong(text);
    }

    static boolean bool(XmlElement element, String child) throws MalformedXmlException {
        return switch (of(element, child).strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MalformedXmlException(child + " is neither true nor false.");
        };
    }
}
