package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tags of PutObjectTagging's body and of GetObjectTagging's answer (help.aliyun.com, PutObjectTagging). */
public record TagList(List<Tag> tags) {
    /** An object of OSS or S3 has no more. */
    public static final int MAX_TAGS = 10;

    private static final int MAX_ELEMENTS = 3 * MAX_TAGS + 2;

    public TagList {
        tags = List.copyOf(tags);
    }

    /** A tag. */
    public record Tag(String key, String value) {
        /** As {@code x-oss-tagging} has it. */
        public QueryParameter parameter() {
            return QueryParameter.of(key, value);
        }
    }

    /**
     * Reads a client's body.
     *
     * @throws OssRefusal MalformedXML for another document, more than {@value #MAX_TAGS} tags, or one that is there
     *     twice
     */
    public static TagList parse(Bytes body) throws OssRefusal {
        XmlElement root = StrictDocument.read(body, "Tagging", MAX_ELEMENTS);
        List<XmlElement> sets = StrictDocument.children(root, Set.of("TagSet"));
        if (sets.size() != 1) {
            throw StrictDocument.malformed("Tagging needs exactly one TagSet.");
        }
        List<Tag> tags = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (XmlElement tag : StrictDocument.children(sets.getFirst(), Set.of("Tag"))) {
            StrictDocument.children(tag, Set.of("Key", "Value"));
            String key = StrictDocument.text(tag, "Key");
            if (!keys.add(key)) {
                throw StrictDocument.malformed("A tag is there twice; name each once.");
            }
            tags.add(new Tag(key, StrictDocument.text(tag, "Value")));
        }
        if (tags.size() > MAX_TAGS) {
            throw StrictDocument.malformed("An object has at most " + MAX_TAGS + " tags.");
        }
        return new TagList(tags);
    }

    /** Writes the document for a store. */
    public Bytes document() {
        return element().document();
    }

    /** The root of the document, for a store or for a client. */
    public XmlElement element() {
        XmlElement.Builder set = new XmlElement.Builder("TagSet");
        for (Tag tag : tags) {
            set.add(new XmlElement.Builder("Tag")
                    .add("Key", tag.key())
                    .add("Value", tag.value())
                    .build());
        }
        return XmlElement.of("Tagging", List.of(set.build()));
    }
}
