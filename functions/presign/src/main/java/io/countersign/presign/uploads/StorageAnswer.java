package io.countersign.presign.uploads;

import io.countersign.http.Bytes;
import io.countersign.oss.Operation;
import io.countersign.registry.Upload;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.upstream.xml.XmlReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An answer of the storage, which is not trusted to send what OSS sends. A {@link StorageFault} names the bucket and the operation.
 *
 * @param bucket as the manifest has it
 * @param operation that was asked for
 */
record StorageAnswer(String bucket, Operation operation, HttpResponse<byte[]> http) {
    /** The most characters of the storage's id of an upload. OSS's have 32. */
    static final int MAX_ID = 1_024;

    /** A page of 1,000 parts has some 4,000. */
    private static final int MAX_ELEMENTS = 16 * 1024;

    private static final int ELEMENTS_OF_ERROR = 64;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,14}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,64}");
    private static final Pattern ETAG = Pattern.compile("[!#-~]{1,128}|\"[!#-~]{1,128}\"");
    private static final Set<String> PARTS_REFUSED =
            Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "EntityTooLarge");

    /**
     * A page of parts in ascending order.
     *
     * @param next the number behind which the next page begins; empty for the last page
     */
    record PartPage(List<StoragePart> parts, OptionalInt next) {
        PartPage {
            parts = List.copyOf(parts);
        }
    }

    /** Whether the status says that all went well. */
    boolean succeeded() {
        return http.statusCode() / 100 == 2;
    }

    /** Of InitiateMultipartUpload. */
    String uploadId() throws StorageFault {
        String id = document("InitiateMultipartUploadResult")
                .textOf("UploadId")
                .orElse("")
                .strip();
        if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw unreadable("it names no upload");
        }
        return id;
    }

    /**
     * Of ListParts.
     *
     * @param after the number behind which the page begins: a page that begins elsewhere would be read for ever
     */
    PartPage parts(int after) throws StorageFault {
        XmlElement answer = document("ListPartsResult");
        List<StoragePart> parts = new ArrayList<>();
        int last = after;
        for (XmlElement element : answer.all("Part")) {
            StoragePart part = part(element);
            if (part.number() <= last) {
                throw unreadable("its parts are not in order");
            }
            last = part.number();
            parts.add(part);
        }
        boolean more = isTruncated(answer);
        if (more && parts.isEmpty()) {
            throw unreadable("it has no parts and says that there are more");
        }
        return new PartPage(parts, more ? OptionalInt.of(last) : OptionalInt.empty());
    }

    /** Of ListMultipartUploads: whether a whole list lacks the upload. */
    boolean lacks(String uploadId) throws StorageFault {
        XmlElement answer = document("ListMultipartUploadsResult");
        return !isTruncated(answer)
                && answer.all("Upload").stream()
                        .noneMatch(upload ->
                                upload.textOf("UploadId").orElse("").strip().equals(uploadId));
    }

    /** Of HeadObject: empty where there is no such object, where the signer may not ask, or where the answer lacks its ETag or length. */
    Optional<StoredObject> object() {
        Optional<String> length = http.headers().firstValue("Content-Length");
        Optional<String> eTag = http.headers().firstValue("ETag");
        return http.statusCode() == 200
                        && length.filter(text -> NUMBER.matcher(text).matches()).isPresent()
                        && eTag.filter(text -> ETAG.matcher(text).matches()).isPresent()
                ? Optional.of(new StoredObject(eTag.get(), Long.parseLong(length.get())))
                : Optional.empty();
    }

    /** Returns the document, if it is a success of this kind. */
    XmlElement document(String root) throws StorageFault {
        if (http.statusCode() != 200) {
            throw refused();
        }
        try {
            XmlElement document = XmlReader.read(Bytes.of(http.body()), MAX_ELEMENTS);
            if (document.name().equals(root)) {
                return document;
            }
            if (document.name().equals("Error")) {
                throw refused();
            }
        } catch (MalformedXmlException e) {
            // Told below, like a document of another kind.
        }
        throw unreadable("it is no " + root);
    }

    /** What an answer that is no success means. */
    StorageFault refused() {
        int status = http.statusCode();
        String code = code(http.body()).orElse("");
        String line = "the storage of the bucket " + bucket + " answered " + operation.apiName() + " with " + status
                + (code.isEmpty() ? "" : " " + code);
        if (code.equals("NoSuchUpload")) {
            return new StorageFault(StorageFault.Reason.NO_SUCH_UPLOAD, line);
        }
        if (PARTS_REFUSED.contains(code)) {
            return new StorageFault(StorageFault.Reason.PARTS_REFUSED, line);
        }
        return new StorageFault(
                status >= 500 || status == 429 || code.equals("InternalError")
                        ? StorageFault.Reason.UNAVAILABLE
                        : StorageFault.Reason.REFUSED,
                line);
    }

    private StoragePart part(XmlElement element) throws StorageFault {
        long number = number(element, "PartNumber");
        String eTag = element.textOf("ETag").orElse("").strip();
        if (number < 1 || number > Upload.MAX_PARTS || !ETAG.matcher(eTag).matches()) {
            throw unreadable("a part has no number or no ETag");
        }
        return new StoragePart((int) number, eTag, number(element, "Size"));
    }

    private long number(XmlElement element, String name) throws StorageFault {
        String text = element.textOf(name).orElse("").strip();
        if (!NUMBER.matcher(text).matches()) {
            throw unreadable("a " + name + " is no number");
        }
        return Long.parseLong(text);
    }

    private static boolean isTruncated(XmlElement list) {
        return list.textOf("IsTruncated").orElse("").strip().equals("true");
    }

    private StorageFault unreadable(String why) {
        return new StorageFault(
                StorageFault.Reason.UNAVAILABLE,
                "the answer of the storage of the bucket " + bucket + " to " + operation.apiName() + " cannot be read: "
                        + why);
    }

    /** Only letters, so that a storage writes no line of its own into the log. */
    private static Optional<String> code(byte[] body) {
        try {
            return XmlReader.read(Bytes.of(body), ELEMENTS_OF_ERROR)
                    .textOf("Code")
                    .filter(text -> CODE.matcher(text).matches());
        } catch (MalformedXmlException e) {
            return Optional.empty();
        }
    }
}
