package io.countersign.upstream.xml;

import io.countersign.http.Bytes;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Upload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of CompleteMultipartUpload (help.aliyun.com, CompleteMultipartUpload). */
public record PartList(List<Part> parts) {
    /** OSS and S3 take no more. */
    public static final int MAX_PARTS = Upload.MAX_PARTS;

    private static final Pattern MD5 = Pattern.compile("\"?([0-9a-fA-F]{32})\"?");
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

    /**
     * Returns the ETag that S3 gives the object of these parts, without quotes (docs.aws.amazon.com, "Checking object
     * integrity"); empty for no part, and where the ETag of one is not the MD5 of its bytes.
     */
    public Optional<String> eTagOfS3() {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest all = md5();
        for (Part part : parts) {
            Matcher tag = MD5.matcher(part.eTag());
            if (!tag.matches()) {
                return Optional.empty();
            }
            all.update(HexFormat.of().parseHex(tag.group(1)));
        }
        return Optional.of(HexFormat.of().formatHex(all.digest()) + "-" + parts.size());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
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
