package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.oss.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element without its namespace and attributes: with a text, or with children.
 *
 * @param text empty where there are children
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    /** More bytes than those of most documents. */
    private static final int USUAL = 1024;

    public XmlElement {
        children = List.copyOf(children);
    }

    public static XmlElement of(String name, String text) {
        return new XmlElement(name, text, List.of());
    }

    public static XmlElement of(String name, List<XmlElement> children) {
        return new XmlElement(name, "", children);
    }

    /** Returns the first child of that name. */
    public Optional<XmlElement> first(String child) {
        for (XmlElement element : children) {
            if (element.name.equals(child)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** Returns the text of the first child of that name. */
    public Optional<String> textOf(String child) {
        return first(child).map(XmlElement::text);
    }

    /** Returns all children of that name, in their order. */
    public List<XmlElement> all(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    /** Returns this element with other texts for the elements of a name, at any depth. */
    public XmlElement with(String changed, String otherText) {
        return name.equals(changed) && children.isEmpty()
                ? of(name, otherText)
                : new XmlElement(
                        name,
                        text,
                        children.stream()
                                .map(child -> child.with(changed, otherText))
                                .toList());
    }

    /** Writes the document whose root this is. A character that XML cannot represent becomes U+FFFD. */
    public Bytes document() {
        XmlText xml = new XmlText(USUAL).markup(DECLARATION);
        appendTo(xml);
        return xml.utf8(Bytes::of);
    }

    private void appendTo(XmlText xml) {
        xml.markup("<").markup(name).markup(">").content(text);
        for (XmlElement child : children) {
            child.appendTo(xml);
        }
        xml.markup("</").markup(name).markup(">");
    }

    /** Collects the children of an element. */
    public static final class Builder {
        private final String name;
        private final List<XmlElement> children = new ArrayList<>();

        public Builder(String name) {
            this.name = name;
        }

        public Builder add(String child, String text) {
            children.add(of(child, text));
            return this;
        }

        /** Adds a child where there is a text. */
        public Builder add(String child, Optional<String> text) {
            text.ifPresent(present -> add(child, present));
            return this;
        }

        public Builder add(XmlElement child) {
            children.add(child);
            return this;
        }

        public XmlElement build() {
            return of(name, children);
        }
    }
}
