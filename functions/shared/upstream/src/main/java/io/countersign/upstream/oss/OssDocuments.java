package io.countersign.upstream.oss;

import io.countersign.http.Bytes;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.Operation;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.upstream.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The documents of a store that speaks OSS, with the client's names in the places of the store's. A document that is not
 * the operation's own does not go to the client.
 */
final class OssDocuments {
    private static final int MAX_ELEMENTS = 100_000;

    private static final Set<Operation> STREAMED =
            Set.of(Operation.GET_OBJECT, Operation.SELECT_OBJECT, Operation.CREATE_SELECT_OBJECT_META);

    /** The root of each document. An operation that is not here answers without a body. */
    private static final Map<Operation, String> ROOTS = Map.ofEntries(
            Map.entry(Operation.LIST_OBJECTS, "ListBucketResult"),
            Map.entry(Operation.LIST_OBJECT_VERSIONS, "ListVersionsResult"),
            Map.entry(Operation.LIST_MULTIPART_UPLOADS, "ListMultipartUploadsResult"),
            Map.entry(Operation.LIST_PARTS, "ListPartsResult"),
            Map.entry(Operation.INITIATE_MULTIPART_UPLOAD, "InitiateMultipartUploadResult"),
            Map.entry(Operation.COMPLETE_MULTIPART_UPLOAD, "CompleteMultipartUploadResult"),
            Map.entry(Operation.COPY_OBJECT, "CopyObjectResult"),
            Map.entry(Operation.UPLOAD_PART_COPY, "CopyPartResult"),
            Map.entry(Operation.DELETE_MULTIPLE_OBJECTS, "DeleteResult"),
            Map.entry(Operation.GET_OBJECT_TAGGING, "Tagging"),
            Map.entry(Operation.GET_BUCKET_TAGS, "Tagging"),
            Map.entry(Operation.GET_OBJECT_RETENTION, "Retention"),
            Map.entry(Operation.GET_OBJECT_LEGAL_HOLD, "LegalHold"),
            Map.entry(Operation.GET_BUCKET_INFO, "BucketInfo"),
            Map.entry(Operation.GET_BUCKET_STAT, "BucketStat"),
            Map.entry(Operation.GET_BUCKET_VERSIONING, "VersioningConfiguration"),
            Map.entry(Operation.GET_BUCKET_LIFECYCLE, "LifecycleConfiguration"),
            Map.entry(Operation.GET_STYLE, "Style"),
            Map.entry(Operation.LIST_STYLE, "StyleList"),
            Map.entry(Operation.GET_BUCKET_WORM, "WormConfiguration"));

    /** The child of the root that names the bucket. */
    private static final Map<String, String> BUCKETS = Map.of(
            "ListBucketResult", "Name",
            "ListVersionsResult", "Name",
            "ListMultipartUploadsResult", "Bucket",
            "ListPartsResult", "Bucket",
            "InitiateMultipartUploadResult", "Bucket",
            "CompleteMultipartUploadResult", "Bucket");

    private static final Set<String> PEOPLE = Set.of("Owner", "Initiator");

    private OssDocuments() {}

    /** What becomes of the body of a success. */
    static AnswerBody use(Operation operation, int maxBytes) {
        if (STREAMED.contains(operation)) {
            return new AnswerBody.Streamed();
        }
        return ROOTS.containsKey(operation) || operation == Operation.PROCESS_OBJECT
                ? new AnswerBody.Rewritten(maxBytes)
                : new AnswerBody.None();
    }

    static boolean namesBucket(Operation operation) {
        return operation == Operation.PROCESS_OBJECT
                || operation == Operation.GET_BUCKET_INFO
                || BUCKETS.containsKey(ROOTS.getOrDefault(operation, ""));
    }

    /** @throws UpstreamFault when the document is not the operation's */
    static Bytes rewritten(JudgedRequest judged, Bytes fromStore) throws UpstreamFault {
        if (judged.operation() == Operation.PROCESS_OBJECT) {
            return processed(judged, fromStore);
        }
        if (fromStore.isEmpty()) {
            // As DeleteMultipleObjects answers where the client asked for no list.
            return fromStore;
        }
        try {
            XmlElement root = XmlReader.read(fromStore, MAX_ELEMENTS);
            if (!root.name().equals(ROOTS.get(judged.operation()))) {
                throw unexpected(judged, "another document");
            }
            return judged.operation() == Operation.GET_BUCKET_INFO
                    ? OssBucketInfo.rewritten(judged, root).document()
                    : root(judged, root).document();
        } catch (MalformedXmlException e) {
            throw unexpected(judged, "something other than XML");
        }
    }

    private static XmlElement root(JudgedRequest judged, XmlElement root) {
        List<XmlElement> children = new ArrayList<>(root.children().size());
        for (XmlElement child : root.children()) {
            if (child.name().equals(BUCKETS.get(root.name()))) {
                children.add(XmlElement.of(child.name(), judged.bucket().name()));
            } else if (child.name().equals("Location") && judged.operation() == Operation.COMPLETE_MULTIPART_UPLOAD) {
                children.add(XmlElement.of(child.name(), judged.oss().address().url(judged.secure())));
            } else {
                children.add(owned(judged, child));
            }
        }
        return children.isEmpty() ? root : XmlElement.of(root.name(), children);
    }

    /** Owner and initiator are accounts of the store; the client knows the bucket's. */
    private static XmlElement owned(JudgedRequest judged, XmlElement element) {
        if (PEOPLE.contains(element.name())) {
            String account = judged.bucket().accountId();
            return new XmlElement.Builder(element.name())
                    .add("ID", account)
                    .add("DisplayName", account)
                    .build();
        }
        return element.children().isEmpty()
                ? element
                : XmlElement.of(
                        element.name(),
                        element.children().stream()
                                .map(child -> owned(judged, child))
                                .toList());
    }

    /** JSON: the bucket and object of the result, its size, and whether it was made. */
    private static Bytes processed(JudgedRequest judged, Bytes fromStore) throws UpstreamFault {
        try {
            Members members = Members.of(Values.parse(fromStore.utf8()));
            String object = members.string("object");
            String status = members.string("status");
            Value size = members.required("fileSize");
            return Bytes.utf8(
                    JsonText.object(json -> json.put("bucket", judged.bucket().name())
                            .put("fileSize", size)
                            .put("object", object)
                            .put("status", status)));
        } catch (InvalidDocumentException e) {
            throw unexpected(judged, "another document");
        }
    }

    private static UpstreamFault unexpected(JudgedRequest judged, String what) {
        return new UpstreamFault("The store answered " + judged.operation().apiName() + " with " + what + ".");
    }
}
