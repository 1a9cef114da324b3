package io.countersign.gateway.storage;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Writes answers and reads bodies, both as OSS has them. */
final class Xml {
    private final StringBuilder text;
    private final String root;

    private Xml(String root) {
        this.root = root;
        this.text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
                .append(root)
                .append('>');
    }

    static Xml root(String name) {
        return new Xml(name);
    }

    Xml element(String name, Object value) {
        text.append('<').append(name).append('>');
        for (char c : value.toString().toCharArray()) {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                default -> text.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        text.append("</").append(name).append('>');
        return this;
    }

    Xml open(String name) {
        text.append('<').append(name).append('>');
        return this;
    }

    Xml close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    String end() {
        return text.append("</").append(root).append('>').toString();
    }

    /** The texts of all elements of that name, in order. */
    static List<String> texts(byte[] xml, String name) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            NodeList nodes = document.getElementsByTagName(name);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent());
            }
            return texts;
        } catch (Exception e) {
            throw new IllegalArgumentException("the body is not XML", e);
        }
    }
}
