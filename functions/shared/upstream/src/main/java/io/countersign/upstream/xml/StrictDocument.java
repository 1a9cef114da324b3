package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.List;
import java.util.Set;

/** The document of a client, of which every element is known: what was not read could mean something to the store. */
final class StrictDocument {
    private StrictDocument() {}

    /** @throws OssRefusal MalformedXML when the body is not XML with this root */
    static XmlElement read(Bytes body, String root, int maxElements) throws OssRefusal {
        try {
            XmlElement element = XmlReader.read(body, maxElements);
            if (element.name().equals(root)) {
                return element;
            }
        } catch (MalformedXmlException e) {
            throw malformed(e.reason());
        }
        throw malformed("The root is not " + root + ".");
    }

    /** @throws OssRefusal MalformedXML when there is a child of another name, or a text in place of children */
    static List<XmlElement> children(XmlElement element, Set<String> names) throws OssRefusal {
        if (!element.text().isBlank()) {
            throw malformed(element.name() + " has a text instead of elements.");
        }
        for (XmlElement child : element.children()) {
            if (!names.contains(child.name())) {
                throw malformed(element.name() + " has an element that OSS does not have there.");
            }
        }
        return element.children();
    }

    /** @throws OssRefusal MalformedXML unless there is exactly one such child, without children of its own */
    static String text(XmlElement element, String child) throws OssRefusal {
        List<XmlElement> found = element.all(child);
        if (found.size() != 1 || !found.getFirst().children().isEmpty()) {
            throw malformed(element.name() + " needs exactly one " + child + ".");
        }
        return found.getFirst().text();
    }

    static OssRefusal malformed(String reason) {
        return new OssRefusal(OssError.MALFORMED_XML, OssError.MALFORMED_XML.message() + " " + reason);
    }
}
