package io.countersign.oss;

import java.nio.charset.StandardCharsets;

/** The tags of an element of OSS's documents, encoded once. */
final class XmlTag {
    private final byte[] start;
    private final byte[] end;

    /** @throws IllegalArgumentException when the name is not letters and digits */
    XmlTag(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not an element of an error document: a name has letters and digits");
        }
        this.start = ("<" + name + ">").getBytes(StandardCharsets.US_ASCII);
        this.end = ("</" + name + ">").getBytes(StandardCharsets.US_ASCII);
    }

    XmlText start(XmlText xml) {
        return xml.ascii(start);
    }

    XmlText end(XmlText xml) {
        return xml.ascii(end);
    }

    private static boolean isName(String name) {
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
