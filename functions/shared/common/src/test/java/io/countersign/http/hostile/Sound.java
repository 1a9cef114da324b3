package io.countersign.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Requirements on every reply, for any request. */
public final class Sound {
    /** The bytes of a reply: some times what a call may bring, for it may be said back with every character escaped. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    /** Made once: looking a parser up costs more than the reply that it is for. */
    private static final DocumentBuilder XML = builder();

    private Sound() {}

    /** One of these statuses, within bounds, its headers fit to be sent. */
    public static void reply(Reply reply, Set<Integer> statuses) {
        assertThat(reply.status()).as(reply.body().utf8()).isIn(statuses);
        assertThat(reply.body().length()).isLessThan(MAX_BYTES);
        for (Header header : reply.headers()) {
            assertThat(header.name()).matches("[A-Za-z0-9-]+");
            assertThat(header.value().chars()).as(header.name()).allMatch(c -> c >= ' ' && c != 0x7f && c <= 0xff);
        }
    }

    /** A strict JSON object, in UTF-8; a problem when it says no. */
    public static Members json(Reply reply, Set<Integer> statuses) {
        reply(reply, statuses);
        try {
            Members members = Members.of(Values.parse(reply.body().toArray()));
            if (reply.status() != 200) {
                assertThat(reply.header("Content-Type")).contains("application/problem+json");
                assertThat(members.string("code")).matches("[A-Za-z]+");
                assertThat(members.string("title")).isNotBlank();
            }
            return members;
        } catch (InvalidDocumentException e) {
            throw new AssertionError(reply.body().utf8(), e);
        }
    }

    /** OSS's error document, well formed. */
    public static Element xml(Reply reply) {
        byte[] document = reply.body().toArray();
        try {
            synchronized (XML) {
                Element root = XML.parse(new ByteArrayInputStream(document)).getDocumentElement();
                assertThat(root.getTagName()).isEqualTo("Error");
                assertThat(root.getElementsByTagName("Code").getLength()).isEqualTo(1);
                return root;
            }
        } catch (SAXException | IOException e) {
            throw new AssertionError(reply.body().utf8(), e);
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java runtime parses XML", e);
        }
    }
}
