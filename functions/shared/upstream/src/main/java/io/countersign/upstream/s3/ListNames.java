package io.countersign.upstream.s3;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import java.util.Optional;

/**
 * The names in a list. The store is always asked for encoded ones, because XML cannot have every key; the client gets
 * them as it asked.
 *
 * @param byStore whether the store encoded the names of this document
 * @param forClient whether the client asked for encoded names
 */
record ListNames(boolean byStore, boolean forClient) {
    static final String PARAMETER = "encoding-type";
    static final String URL = "url";
    private static final String ELEMENT = "EncodingType";
    private static final EncodedText STORE = new EncodedText("The store's document");

    static ListNames of(QueryParameters client, XmlElement fromStore) {
        return new ListNames(fromStore.textOf(ELEMENT).orElse("").strip().equals(URL), areEncodedFor(client));
    }

    /** @throws OssRefusal InvalidArgument when the client asks for another encoding */
    static void check(QueryParameters client) throws OssRefusal {
        if (client.has(PARAMETER) && !areEncodedFor(client)) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "The encoding-type is url; set it, or leave it out.");
        }
    }

    private static boolean areEncodedFor(QueryParameters client) {
        return client.first(PARAMETER).orElse("").equals(URL);
    }

    /** The name itself. */
    String decoded(String name) throws MalformedXmlException {
        try {
            return byStore ? PercentEncoding.decode(name, STORE) : name;
        } catch (OssRefusal e) {
            throw new MalformedXmlException("A name is not encoded as the document says.");
        }
    }

    /** A name as the client gets it. */
    String shown(String plain) {
        return forClient ? PercentEncoding.encode(plain) : plain;
    }

    String ofClient(String fromStore) throws MalformedXmlException {
        return shown(decoded(fromStore));
    }

    /** The element that tells the client of the encoding. */
    Optional<String> encodingType() {
        return forClient ? Optional.of(URL) : Optional.empty();
    }
}
