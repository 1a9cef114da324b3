package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.json.StrictUtf8;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML from clients and stores, neither of which is trusted: a document type, a processing instruction and a
 * reference to an entity of its own are refused, so that no other file is read and no text grows. The work is linear in
 * the length of the text, which the caller bounds.
 */
public final class XmlReader {
    /** OSS's and S3's documents have at most five levels. */
    private static final int MAX_DEPTH = 16;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final XMLStreamReader reader;
    private final int maxElements;
    private int elements;

    private XmlReader(XMLStreamReader reader, int maxElements) {
        this.reader = reader;
        this.maxElements = maxElements;
    }

    /**
     * Returns the root.
     *
     * @param maxElements the most elements of the document
     * @throws MalformedXmlException when the text is not UTF-8, not well-formed, has more elements or levels, or text
     *     beside elements
     */
    public static XmlElement read(Bytes document, int maxElements) throws MalformedXmlException {
        String text = StrictUtf8.decoded(document.toArray())
                .orElseThrow(() -> new MalformedXmlException("The XML is not UTF-8."));
        String plain = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        try {
            return new XmlReader(factory().createXMLStreamReader(new StringReader(plain)), maxElements).root();
        } catch (XMLStreamException e) {
            throw new MalformedXmlException("The XML is not well-formed.");
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private XmlElement root() throws XMLStreamException, MalformedXmlException {
        Deque<Open> open = new ArrayDeque<>();
        XmlElement root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> open.push(opened(open.size()));
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement closed = open.pop().closed();
                    if (open.isEmpty()) {
                        root = closed;
                    } else {
                        open.element().children.add(closed);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedXmlException("The XML has a document type or an entity.");
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    throw new MalformedXmlException("The XML has a processing instruction.");
                default -> {}
            }
        }
        if (root == null) {
            throw new MalformedXmlException("The XML has no element.");
        }
        return root;
    }

    private Open opened(int depth) throws MalformedXmlException {
        if (++elements > maxElements || depth == MAX_DEPTH) {
            throw new MalformedXmlException(
                    "The XML has more than " + maxElements + " elements or " + MAX_DEPTH + " levels.");
        }
        return new Open(reader.getLocalName());
    }

    /** An element whose end was not read yet. */
    private static final class Open {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<XmlElement> children = new ArrayList<>();

        Open(String name) {
            this.name = name;
        }

        XmlElement closed() throws MalformedXmlException {
            if (children.isEmpty()) {
                return XmlElement.of(name, text.toString());
            }
            if (!text.toString().isBlank()) {
                throw new MalformedXmlException("The XML has text beside elements.");
            }
            return XmlElement.of(name, children);
        }
    }
}
