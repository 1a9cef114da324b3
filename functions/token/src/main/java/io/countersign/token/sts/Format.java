package io.countersign.token.sts;

import io.countersign.json.JsonObjectWriter;
import io.countersign.json.JsonText;
import io.countersign.oss.XmlText;
import java.util.List;
import java.util.Optional;

/** How an answer is written. */
enum Format {
    JSON("application/json") {
        @Override
        String text(String root, List<Element> elements) {
            return JsonText.object(json -> members(json, elements));
        }
    },
    XML("text/xml") {
        @Override
        String text(String root, List<Element> elements) {
            StringBuilder xml = new StringBuilder(1024).append("<?xml version='1.0' encoding='UTF-8'?>");
            append(new Element.Group(root, elements), xml);
            return xml.toString();
        }
    };

    /** What is answered when nobody asks for a format. */
    static final Format DEFAULT = JSON;

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    String contentType() {
        return mediaType + ";charset=utf-8";
    }

    /** @param root the name of XML's outermost element; JSON has none */
    abstract String text(String root, List<Element> elements);

    /** By the parameter {@code Format}; clients write it in either case. */
    static Optional<Format> of(String name) {
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private static void members(JsonObjectWriter json, List<Element> elements) {
        for (Element element : elements) {
            switch (element) {
                case Element.Field field -> json.put(field.name(), field.text());
                case Element.Group group -> json.object(group.name(), inner -> members(inner, group.elements()));
            }
        }
    }

    private static void append(Element element, StringBuilder xml) {
        xml.append('<').append(element.name()).append('>');
        switch (element) {
            case Element.Field field -> XmlText.escape(field.text(), xml);
            case Element.Group group -> group.elements().forEach(inner -> append(inner, xml));
        }
        xml.append("</").append(element.name()).append('>');
    }
}
