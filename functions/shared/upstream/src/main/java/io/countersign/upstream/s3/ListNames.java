package io.countersign.upstream.s3;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import java.util.List;
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

    /** What a name that radosgw encoded may have besides letters and digits. */
    private static final String LEFT = "%-._~/!$'()*|";

    private static final EncodedText STORE = new EncodedText("The store's document");

    static ListNames of(QueryParameters client, XmlElement fromStore) {
        return new ListNames(fromStore.textOf(ELEMENT).orElse("").strip().equals(URL), areEncodedFor(client));
    }

    /**
     * Of a list of uploads. radosgw encodes names there as it is asked, and does not say so: a list that says nothing is
     * encoded if each name in it could be.
     *
     * @param names that the document has, but for its markers, which radosgw leaves as they are
     */
    static ListNames ofUploads(QueryParameters client, XmlElement fromStore, List<String> names) {
        ListNames said = of(client, fromStore);
        return new ListNames(said.byStore || names.stream().allMatch(ListNames::maybeEncoded), said.forClient);
    }

    private static boolean maybeEncoded(String name) {
        if (!name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || LEFT.indexOf(c) >= 0))) {
            return false;
        }
        try {
            PercentEncoding.decode(name, STORE);
            return true;
        } catch (OssRefusal e) {
            return false;
        }
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
