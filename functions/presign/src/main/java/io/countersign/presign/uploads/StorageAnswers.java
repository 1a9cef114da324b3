package io.countersign.presign.uploads;

import io.countersign.http.Bytes;
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

/** Reads the documents of the storage, which is not trusted to send what OSS sends. */
final class StorageAnswers {
    /** The most characters of the storage's id of an upload. OSS's have 32. */
    static final int MAX_ID = 1_024;

    private static final int ELEMENTS_OF_ERROR = 64;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,14}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,64}");
    private static final Pattern ETAG = Pattern.compile("[!#-~]{1,128}|\"[!#-~]{1,128}\"");
    private static final Set<String> PARTS_REFUSED =
            Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "EntityTooLarge");

    private StorageAnswers() {}

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

    static String uploadId(XmlElement answer) throws StorageFault {
        String id = answer.textOf("UploadId").orElse("").strip();
        if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw unreadable("it names no upload");
        }
        return id;
    }

    /** @param after the number behind which the page begins: a page that begins elsewhere would be read for ever */
    static PartPage page(XmlElement answer, int after) throws StorageFault {
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
        boolean more = answer.textOf("IsTruncated").orElse("").strip().equals("true");
        if (more && parts.isEmpty()) {
            throw unreadable("it has no parts and says that there are more");
        }
        return new PartPage(parts, more ? OptionalInt.of(last) : OptionalInt.empty());
    }

    private static StoragePart part(XmlElement element) throws StorageFault {
        long number = number(element, "PartNumber");
        String eTag = element.textOf("ETag").orElse("").strip();
        if (number < 1 || number > Upload.MAX_PARTS || !ETAG.matcher(eTag).matches()) {
            throw unreadable("a part has no number or no ETag");
        }
        return new StoragePart((int) number, eTag, number(element, "Size"));
    }

    private static long number(XmlElement element, String name) throws StorageFault {
        String text = element.textOf(name).orElse("").strip();
        if (!NUMBER.matcher(text).matches()) {
            throw unreadable("a " + name + " is no number");
        }
        return Long.parseLong(text);
    }

    /** What an answer that is no success means. */
    static StorageFault refused(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String code = code(answer.body()).orElse("");
        String line = "the storage answered " + status + (code.isEmpty() ? "" : " " + code);
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

    static StorageFault unreadable(String why) {
        return new StorageFault(StorageFault.Reason.UNAVAILABLE, "the storage's answer cannot be read: " + why);
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
