package io.countersign.gateway.explain.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.ServerError;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A server's error document: OSS's XML, STS's XML or JSON, or the elements that a client's exception reports.
 *
 * @param elements the text elements by name, with those of AccessDeniedDetail
 * @param json whether the document is JSON, which only STS writes
 */
public record ErrorBody(Map<String, String> elements, boolean json) {
    private static final String IN_HEADER = "x-oss-err";
    private static final String EC_IN_HEADER = "x-oss-ec";
    private static final String EC = "EC";
    private static final String DETAIL = "AccessDeniedDetail";

    public ErrorBody {
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    }

    static Optional<ErrorBody> of(Exchange.Answer answer) {
        return of(answer.body())
                .or(() -> answer.headers().first(IN_HEADER).flatMap(ErrorBody::decoded))
                .or(() -> answer.status().isEmpty() ? ofClient(answer.body()) : Optional.empty())
                .map(body -> body.withEc(answer.headers().first(EC_IN_HEADER)));
    }

    private static Optional<ErrorBody> of(String body) {
        String text = body.strip();
        boolean json = text.startsWith("{");
        Map<String, String> elements = json ? json(text) : XmlError.elements(text);
        return elements.containsKey("Code") ? Optional.of(new ErrorBody(elements, json)) : Optional.empty();
    }

    private static Optional<ErrorBody> ofClient(String text) {
        Map<String, String> elements = ClientError.elements(text);
        return elements.isEmpty() ? Optional.empty() : Optional.of(new ErrorBody(elements, false));
    }

    private static Optional<ErrorBody> decoded(String base64) {
        try {
            return of(new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> json(String text) {
        Map<String, String> elements = new LinkedHashMap<>();
        try {
            if (Values.parse(text) instanceof Value.ObjectValue object) {
                addTexts(object, elements);
                if (object.members().get(DETAIL) instanceof Value.ObjectValue detail) {
                    addTexts(detail, elements);
                }
            }
            return elements;
        } catch (InvalidDocumentException e) {
            return Map.of();
        }
    }

    private static void addTexts(Value.ObjectValue object, Map<String, String> elements) {
        object.members().forEach((name, value) -> {
            if (value instanceof Value.StringValue string) {
                elements.putIfAbsent(name, string.text());
            }
        });
    }

    private ErrorBody withEc(Optional<String> ofHeader) {
        if (elements.containsKey(EC) || ofHeader.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(elements);
        all.put(EC, ofHeader.get().strip());
        return new ErrorBody(all, json);
    }

    /** Whether the error is one of STS: it is JSON, which OSS does not write, or names the host of STS. */
    public boolean isOfSts() {
        return json || elements.getOrDefault("HostId", "").startsWith("sts.");
    }

    public String code() {
        return elements.getOrDefault("Code", "");
    }

    public String message() {
        return elements.getOrDefault("Message", "");
    }

    /** The error for an explanation. */
    public ServerError error() {
        return new ServerError(code(), Optional.ofNullable(elements.get(EC)).map(String::strip), message(), elements);
    }

    /** The server's form of the request, if the error contains one. */
    public Explained.ClientForm form() {
        return new Explained.ClientForm(bounded("StringToSign"), bounded("CanonicalRequest"));
    }

    private Optional<String> bounded(String name) {
        return Optional.ofNullable(elements.get(name)).filter(text -> text.length() <= Explained.ClientForm.MAX_LENGTH);
    }

    /** Reads the elements of an error document in XML. The input is not trusted: no DTD is read and no entity resolved. */
    static final class XmlError {
        private static final int MAX_ELEMENTS = 64;
        /** The documentation's examples have a namespace in typographic quotes, which is not well-formed XML. */
        private static final Pattern ROOT = Pattern.compile("<Error(?: [^<>]{0,256})?>");

        private static final String END = "</Error>";

        private XmlError() {}

        /** The texts of the elements without children, by name, the first of each; none when the text contains no such document. */
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
}
