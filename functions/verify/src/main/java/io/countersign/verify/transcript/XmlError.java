package io.countersign.verify.transcript;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The elements of an error document in XML. It may come from anybody: no DTD is read and no entity resolved. */
final class XmlError {
    private static final int MAX_ELEMENTS = 64;
    /** The documentation's examples have a name space, in quotes that are none of XML's. */
    private static final Pattern ROOT = Pattern.compile("<Error(?: [^<>]{0,256})?>");

    private static final String END = "</Error>";

    private XmlError() {}

    /** The texts of the elements without children, by name, the first of each; none when there is no such document in the text. */
    static Map<String, String> elements(String body) {
        Matcher root = ROOT.matcher(body);
        int end = body.indexOf(END);
        if (!root.find() || end < root.end()) {
            return Map.of();
        }
        try {
            return read(factory()
                    .createXMLStreamReader(new StringReader("<Error>" + body.substring(root.end(), end) + END)));
        } catch (XMLStreamException e) {
            return Map.of();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static Map<String, String> read(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> elements = new LinkedHashMap<>();
        String name = "";
        StringBuilder text = new StringBuilder();
        while (reader.hasNext() && elements.size() < MAX_ELEMENTS) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    name = reader.getLocalName();
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (reader.getLocalName().equals(name)) {
                        elements.putIfAbsent(name, text.toString());
                    }
                    name = "";
                }
                default -> {}
            }
        }
        return elements;
    }
}
