package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The body of CompleteMultipartUpload (help.aliyun.com, CompleteMultipartUpload). */
public record PartList(List<Part> parts) {
    /** OSS and S3 take no more. */
    public static final int MAX_PARTS = Upload.MAX_PARTS;

    private static final int MAX_ELEMENTS = 3 * MAX_PARTS + 1;

    public PartList {
        parts = List.copyOf(parts);
    }

    /**
     * A part.
     *
     * @param number from 1 to {@value #MAX_PARTS}
     * @param eTag as the store gave it
     */
    public record Part(int number, String eTag) {}

    /**
     * Reads a client's body. The store checks the parts' order.
     *
     * @throws OssRefusal MalformedXML for another document, no part, or a number out of range
     */
    public static PartList parse(Bytes body) throws OssRefusal {
        XmlElement root = StrictDocument.read(body, "CompleteMultipartUpload", MAX_ELEMENTS);
        List<Part> parts = new ArrayList<>();
        for (XmlElement part : StrictDocument.children(root, Set.of("Part"))) {
            StrictDocument.children(part, Set.of("PartNumber", "ETag"));
            parts.add(new Part(number(StrictDocument.text(part, "PartNumber").strip()), eTag(part)));
        }
        if (parts.isEmpty()) {
            throw StrictDocument.malformed("CompleteMultipartUpload needs the parts.");
        }
        return new PartList(parts);
    }

    /** Writes the body for a store. */
    public Bytes document() {
        XmlElement.Builder root = new XmlElement.Builder("CompleteMultipartUpload");
        for (Part part : parts) {
            root.add(new XmlElement.Builder("Part")
                    .add("PartNumber", Integer.toString(part.number()))
                    .add("ETag", part.eTag())
                    .build());
        }
        return root.build().document();
    }

    private static String eTag(XmlElement part) throws OssRefusal {
        return StrictDocument.text(part, "ETag").strip();
    }

    private static int number(String text) throws OssRefusal {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MAX_PARTS) {
            throw StrictDocument.malformed("A PartNumber is from 1 to " + MAX_PARTS + ".");
        }
        return number;
    }
}
