package io.countersign.oss;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tags of an element of OSS's documents, encoded once. */
final class XmlTag {
    /** More than the names of all elements. Tags past it are made each time. */
    private static final int MOST_KEPT = 64;

    private static final Map<String, XmlTag> KEPT = new ConcurrentHashMap<>();

    private final byte[] start;
    private final byte[] end;

    /** @throws IllegalArgumentException when the name is not letters and digits */
    static XmlTag of(String name) {
        XmlTag kept = KEPT.get(name);
        return kept == null ? kept(new XmlTag(name), name) : kept;
    }

    private static XmlTag kept(XmlTag made, String name) {
        if (KEPT.size() < MOST_KEPT) {
            KEPT.putIfAbsent(name, made);
        }
        return made;
    }

    private XmlTag(String name) {
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
