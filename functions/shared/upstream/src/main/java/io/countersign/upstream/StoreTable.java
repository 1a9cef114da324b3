package io.countersign.upstream;

import io.countersign.oss.Operation;
import io.countersign.registry.Upstream;
import io.countersign.upstream.BodyUse.BodyKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may go to a store behind a bucket, for each operation and protocol: docs/store.md is written from it. An
 * operation without a row is refused, and so is every parameter and header of OSS that its row does not name.
 *
 * <p>The file is long because it is one table.
 */
public final class StoreTable {
    private static final int DELETE_BYTES = 2 << 20;
    private static final int PARTS_BYTES = 2 << 20;
    private static final int XML_BYTES = 256 << 10;
    private static final int SMALL_BYTES = 64 << 10;

    private static final BodyUse NONE = new BodyUse.Ignored();
    private static final BodyUse STREAMED = new BodyUse.Streamed();
    private static final BodyUse DELETE_KEYS = new BodyUse.Read(DELETE_BYTES, BodyKind.DELETE_KEYS);
    private static final BodyUse PARTS = new BodyUse.Read(PARTS_BYTES, BodyKind.COMPLETE_MULTIPART);
    private static final BodyUse TAGS = new BodyUse.Read(SMALL_BYTES, BodyKind.TAGGING);
    private static final BodyUse XML = new BodyUse.Read(XML_BYTES, BodyKind.OTHER_XML);
    private static final BodyUse PROCESS = new BodyUse.Read(SMALL_BYTES, BodyKind.PROCESS);
    private static final BodyUse ACL = new BodyUse.Read(SMALL_BYTES, BodyKind.ACL);

    private static final String ANSWER_HEADERS = """
            response-cache-control response-content-disposition response-content-encoding \
            response-content-language response-content-type response-expires""";
    private static final String CONDITIONS = "if-match if-none-match if-modified-since if-unmodified-since";
    private static final String ENTITY =
            "cache-control content-disposition content-encoding content-language content-md5 content-type expires";
    private static final String SOURCE_CONDITIONS = """
            x-oss-copy-source-if-match x-oss-copy-source-if-none-match x-oss-copy-source-if-modified-since \
            x-oss-copy-source-if-unmodified-since""";
    /** Clients name the type of an empty body too. */
    private static final String TYPE = "content-type";

    private static final String CREATE = "x-oss-meta- x-oss-storage-class x-oss-tagging x-oss-server-side-encryption";
    private static final String NO_CLOBBER = "x-oss-forbid-overwrite";
    private static final String LIMIT = "x-oss-traffic-limit";
    private static final String BYPASS = "x-oss-bypass-governance-retention";

    private static final Map<Upstream.Protocol, Map<Operation, StoreRow>> TABLE = table();

    private StoreTable() {}

    /** Returns the row; for an operation without one, a row that nobody answers. */
    public static StoreRow row(Operation operation, Upstream.Protocol protocol) {
        return Optional.ofNullable(TABLE.getOrDefault(protocol, Map.of()).get(operation))
                .orElseGet(() -> new StoreRow(
                        operation,
                        protocol,
                        new Answerer.Nobody(
                                operation.apiName() + " is not offered for a bucket with a store behind it."),
                        NONE,
                        Set.of(),
                        Set.of(),
                        ""));
    }

    /** Returns the row of an operation on the service, which is no store's: it is the same for every protocol. */
    public static StoreRow ofService(Operation operation) {
        return row(operation, Upstream.Protocol.OSS);
    }

    /** Returns the rows of a protocol in the order of the table. */
    public static List<StoreRow> rows(Upstream.Protocol protocol) {
        return List.copyOf(TABLE.getOrDefault(protocol, Map.of()).values());
    }

    private static Map<Upstream.Protocol, Map<Operation, StoreRow>> table() {
        Map<Upstream.Protocol, Map<Operation, StoreRow>> table = new EnumMap<>(Upstream.Protocol.class);
        Rows s3 = new Rows(Upstream.Protocol.S3);
        objectsOfS3(s3);
        uploadsOfS3(s3);
        bucketsOfS3(s3);
        refusedOfS3(s3);
        table.put(Upstream.Protocol.S3, s3.done());
        Rows oss = new Rows(Upstream.Protocol.OSS);
        objectsOfOss(oss);
        writesOfOss(oss);
        uploadsOfOss(oss);
        bucketsOfOss(oss);
        refusedOfOss(oss);
        table.put(Upstream.Protocol.OSS, oss.done());
        return Collections.unmodifiableMap(table);
    }

    private static void objectsOfS3(Rows rows) {
        String reading = CONDITIONS + " range x-oss-range-behavior " + TYPE;
        rows.store(
                Operation.GET_OBJECT,
                NONE,
                ANSWER_HEADERS,
                reading,
                "GetObject. A range behaves as with x-oss-range-behavior: standard.");
        rows.store(Operation.HEAD_OBJECT, NONE, "", reading, "HeadObject. A refusal is in x-oss-err too.");
        rows.store(
                Operation.GET_OBJECT_META,
                NONE,
                "objectMeta",
                CONDITIONS + " " + TYPE,
                "HeadObject; its length, ETag and time. By HEAD only.");
        String metadata = ENTITY + " x-oss-meta- x-oss-storage-class x-oss-tagging x-oss-server-side-encryption"
                + " x-oss-forbid-overwrite x-oss-object-acl";
        rows.store(
                Operation.PUT_OBJECT,
                STREAMED,
                "",
                metadata,
                "PutObject. x-oss-forbid-overwrite: true is If-None-Match: *, and 412 is 409 FileAlreadyExists.");
        rows.store(Operation.POST_OBJECT, new BodyUse.Form(), "", metadata, "PutObject of the form's file.");
        rows.store(
                Operation.COPY_OBJECT,
                NONE,
                "",
                metadata + " x-oss-copy-source x-oss-metadata-directive x-oss-tagging-directive " + SOURCE_CONDITIONS,
                "CopyObject, with x-oss-copy-source-if-* after HeadObject of the source with the conditions. x-oss-forbid-overwrite: true is refused, because most stores ignore the condition there.");
        rows.store(Operation.DELETE_OBJECT, NONE, "", TYPE, "DeleteObject.");
        rows.store(
                Operation.DELETE_MULTIPLE_OBJECTS,
                DELETE_KEYS,
                "delete encoding-type",
                TYPE + " content-md5",
                "DeleteObjects, written anew. 503 when the store left one, because OSS's answer cannot say so.");
        rows.store(Operation.GET_OBJECT_TAGGING, NONE, "tagging", TYPE, "GetObjectTagging.");
        rows.store(
                Operation.PUT_OBJECT_TAGGING,
                TAGS,
                "tagging",
                TYPE + " content-md5",
                "PutObjectTagging, written anew.");
        rows.store(Operation.DELETE_OBJECT_TAGGING, NONE, "tagging", TYPE, "DeleteObjectTagging.");
        rows.registry(Operation.GET_OBJECT_ACL, NONE, "acl", TYPE);
        rows.registry(Operation.PUT_OBJECT_ACL, ACL, "acl", TYPE + " x-oss-object-acl");
    }

    private static void uploadsOfS3(Rows rows) {
        rows.store(
                Operation.INITIATE_MULTIPART_UPLOAD,
                NONE,
                "uploads encoding-type",
                ENTITY + " x-oss-meta- x-oss-storage-class x-oss-tagging x-oss-server-side-encryption"
                        + " x-oss-forbid-overwrite",
                "CreateMultipartUpload. x-oss-forbid-overwrite: true is refused; CompleteMultipartUpload takes it.");
        rows.store(
                Operation.UPLOAD_PART,
                STREAMED,
                "partNumber uploadId",
                TYPE + " content-md5",
                "UploadPart. Each part but the last has at least 5 MiB, or CompleteMultipartUpload is refused with EntityTooSmall.");
        rows.store(
                Operation.UPLOAD_PART_COPY,
                NONE,
                "partNumber uploadId",
                TYPE + " x-oss-copy-source x-oss-copy-source-range " + SOURCE_CONDITIONS,
                "UploadPartCopy, with x-oss-copy-source-if-* after HeadObject as for CopyObject.");
        rows.store(
                Operation.COMPLETE_MULTIPART_UPLOAD,
                PARTS,
                "uploadId encoding-type",
                TYPE + " content-md5 x-oss-forbid-overwrite x-oss-object-acl",
                "CompleteMultipartUpload, written anew. x-oss-forbid-overwrite as for PutObject, after HeadObject of the key.");
        rows.store(Operation.ABORT_MULTIPART_UPLOAD, NONE, "uploadId", TYPE, "AbortMultipartUpload.");
        rows.store(
                Operation.LIST_PARTS, NONE, "uploadId encoding-type max-parts part-number-marker", TYPE, "ListParts.");
        rows.store(
                Operation.LIST_MULTIPART_UPLOADS,
                NONE,
                "uploads delimiter encoding-type key-marker max-uploads prefix upload-id-marker",
                TYPE,
                "ListMultipartUploads.");
    }

    private static void bucketsOfS3(Rows rows) {
        rows.registry(Operation.LIST_BUCKETS, NONE, "marker max-keys prefix", TYPE);
        rows.store(
                Operation.LIST_OBJECTS,
                NONE,
                "continuation-token delimiter encoding-type fetch-owner list-type marker max-keys prefix start-after",
                TYPE,
                "ListObjects or ListObjectsV2, always with encoding-type=url. The owner is the bucket's.");
        rows.store(Operation.HEAD_BUCKET, NONE, "", TYPE, "HeadBucket.");
        rows.store(
                Operation.GET_BUCKET_INFO,
                NONE,
                "bucketInfo",
                TYPE,
                "Written from the registry, once a list of one object shows that the store answers. The date is that of the first apply, and 1970 where the registry did not record it.");
        rows.store(
                Operation.GET_BUCKET_STAT,
                NONE,
                "stat",
                TYPE,
                "Counted from one list of 1,000 objects; a bucket with more is 501. Uploads in parts are not counted.");
        rows.registry(Operation.GET_BUCKET_LOCATION, NONE, "location", TYPE);
        rows.registry(Operation.GET_BUCKET_ACL, NONE, "acl", TYPE);
        rows.registry(Operation.PUT_BUCKET_ACL, ACL, "acl", TYPE + " x-oss-acl");
        rows.registry(Operation.GET_BUCKET_CORS, NONE, "cors", TYPE);
    }

    private static void refusedOfS3(Rows rows) {
        String versions =
                "The store behind this bucket speaks S3, where versions are not offered; address the object without one.";
        rows.nobody(
                Operation.APPEND_OBJECT,
                "S3 has no objects to append to; put the whole object, or upload it in parts.");
        rows.nobody(Operation.SEAL_APPEND_OBJECT, "S3 has no objects to append to, and so none to seal.");
        rows.nobody(Operation.PUT_SYMLINK, "S3 has no symlinks; copy the object instead.");
        rows.nobody(Operation.GET_SYMLINK, "S3 has no symlinks; read the object itself.");
        rows.nobody(
                Operation.PROCESS_OBJECT, "A store that speaks S3 processes no objects; process it where it is read.");
        rows.nobody(
                Operation.ASYNC_PROCESS_OBJECT,
                "A store that speaks S3 processes no objects; process it where it is read.");
        rows.nobody(Operation.SELECT_OBJECT, "A store that speaks S3 selects from no objects; read the object.");
        rows.nobody(
                Operation.CREATE_SELECT_OBJECT_META,
                "A store that speaks S3 selects from no objects; read the object.");
        rows.nobody(
                Operation.RESTORE_OBJECT,
                "Objects are not restored in front of a store that speaks S3; restore it with the store's own tools.");
        rows.nobody(
                Operation.CLEAN_RESTORED_OBJECT,
                "Objects are not restored in front of a store that speaks S3; use the store's own tools.");
        rows.nobody(Operation.LIST_OBJECT_VERSIONS, versions);
        rows.nobody(Operation.PUT_BUCKET, "A bucket with a store behind it is made in the manifest; apply it there.");
        rows.nobody(
                Operation.DELETE_BUCKET, "A bucket with a store behind it is removed in the manifest; apply it there.");
    }

    private static void objectsOfOss(Rows rows) {
        String reading = CONDITIONS + " if-range range x-oss-range-behavior " + LIMIT + " " + TYPE;
        rows.store(
                Operation.GET_OBJECT,
                NONE,
                "versionId x-oss-process " + LIMIT + " " + ANSWER_HEADERS,
                reading,
                "As it is. A process with a step of sys/ is refused.");
        rows.store(Operation.HEAD_OBJECT, NONE, "versionId", reading, "As it is.");
        rows.store(Operation.GET_OBJECT_META, NONE, "objectMeta versionId", CONDITIONS + " " + TYPE, "As it is.");
        rows.store(Operation.DELETE_OBJECT, NONE, "versionId", BYPASS + " " + TYPE, "As it is.");
        rows.store(
                Operation.DELETE_MULTIPLE_OBJECTS,
                DELETE_KEYS,
                "delete encoding-type",
                TYPE + " content-md5 " + BYPASS,
                "The keys are written anew.");
        rows.store(Operation.GET_OBJECT_TAGGING, NONE, "tagging versionId", TYPE, "As it is.");
        rows.store(
                Operation.PUT_OBJECT_TAGGING,
                TAGS,
                "tagging versionId",
                TYPE + " content-md5",
                "The tags are written anew.");
        rows.store(Operation.DELETE_OBJECT_TAGGING, NONE, "tagging versionId", TYPE, "As it is.");
        rows.store(Operation.GET_SYMLINK, NONE, "symlink versionId", TYPE, "As it is.");
        rows.store(Operation.RESTORE_OBJECT, XML, "restore versionId", TYPE + " content-md5", "As it is.");
        rows.store(Operation.CLEAN_RESTORED_OBJECT, NONE, "cleanRestoredObject versionId", TYPE, "As it is.");
        rows.store(Operation.GET_OBJECT_RETENTION, NONE, "retention versionId", TYPE, "As it is.");
        rows.store(
                Operation.PUT_OBJECT_RETENTION,
                XML,
                "retention versionId",
                TYPE + " content-md5 " + BYPASS,
                "As it is.");
        rows.store(Operation.GET_OBJECT_LEGAL_HOLD, NONE, "legalHold versionId", TYPE, "As it is.");
        rows.store(Operation.PUT_OBJECT_LEGAL_HOLD, XML, "legalHold versionId", TYPE + " content-md5", "As it is.");
        rows.store(Operation.SELECT_OBJECT, XML, "x-oss-process", TYPE + " content-md5", "As it is.");
        rows.store(Operation.CREATE_SELECT_OBJECT_META, XML, "x-oss-process", TYPE + " content-md5", "As it is.");
        rows.store(
                Operation.PROCESS_OBJECT,
                PROCESS,
                "x-oss-process",
                TYPE + " content-md5",
                "The process goes in the body, with the store's bucket where it saves. A step of sys/notify is refused.");
        rows.registry(Operation.GET_OBJECT_ACL, NONE, "acl versionId", TYPE);
        rows.registry(Operation.PUT_OBJECT_ACL, ACL, "acl", TYPE + " x-oss-object-acl");
    }

    private static void writesOfOss(Rows rows) {
        String object = ENTITY + " " + CREATE + " " + NO_CLOBBER;
        rows.store(Operation.PUT_OBJECT, STREAMED, LIMIT, object + " " + LIMIT, "As it is.");
        rows.store(Operation.POST_OBJECT, new BodyUse.Form(), "", object, "PutObject of the form's file.");
        rows.store(
                Operation.APPEND_OBJECT,
                STREAMED,
                "append position " + LIMIT,
                ENTITY + " " + CREATE + " " + LIMIT,
                "As it is.");
        rows.store(Operation.SEAL_APPEND_OBJECT, NONE, "position seal", TYPE, "As it is.");
        rows.store(
                Operation.COPY_OBJECT,
                NONE,
                "",
                object + " x-oss-copy-source x-oss-metadata-directive x-oss-tagging-directive " + SOURCE_CONDITIONS,
                "The source is written anew, with the store's bucket.");
        rows.store(
                Operation.PUT_SYMLINK,
                NONE,
                "symlink",
                ENTITY + " x-oss-meta- x-oss-storage-class x-oss-symlink-target " + NO_CLOBBER,
                "The target is written anew.");
    }

    private static void uploadsOfOss(Rows rows) {
        rows.store(
                Operation.INITIATE_MULTIPART_UPLOAD,
                NONE,
                "uploads encoding-type sequential",
                ENTITY + " " + CREATE + " " + NO_CLOBBER,
                "As it is.");
        rows.store(
                Operation.UPLOAD_PART,
                STREAMED,
                "partNumber uploadId " + LIMIT,
                TYPE + " content-md5 " + LIMIT,
                "As it is.");
        rows.store(
                Operation.UPLOAD_PART_COPY,
                NONE,
                "partNumber uploadId",
                TYPE + " x-oss-copy-source x-oss-copy-source-range " + SOURCE_CONDITIONS,
                "The source is written anew, with the store's bucket.");
        rows.store(
                Operation.COMPLETE_MULTIPART_UPLOAD,
                PARTS,
                "uploadId encoding-type",
                TYPE + " content-md5 x-oss-complete-all " + NO_CLOBBER,
                "The parts are written anew.");
        rows.store(Operation.ABORT_MULTIPART_UPLOAD, NONE, "uploadId", TYPE, "As it is.");
        rows.store(
                Operation.LIST_PARTS, NONE, "uploadId encoding-type max-parts part-number-marker", TYPE, "As it is.");
        rows.store(
                Operation.LIST_MULTIPART_UPLOADS,
                NONE,
                "uploads delimiter encoding-type key-marker max-uploads prefix upload-id-marker",
                TYPE,
                "As it is.");
    }

    private static void bucketsOfOss(Rows rows) {
        rows.registry(Operation.LIST_BUCKETS, NONE, "marker max-keys prefix", TYPE);
        rows.store(
                Operation.LIST_OBJECTS,
                NONE,
                "continuation-token delimiter encoding-type fetch-owner list-type marker max-keys prefix start-after",
                TYPE,
                "As it is. The owner is the bucket's.");
        rows.store(
                Operation.LIST_OBJECT_VERSIONS,
                NONE,
                "versions delimiter encoding-type key-marker max-keys prefix version-id-marker",
                TYPE,
                "As it is. The owner is the bucket's.");
        rows.store(
                Operation.GET_BUCKET_INFO,
                NONE,
                "bucketInfo",
                TYPE,
                "Owner, ACL, region and endpoints are those of the registry.");
        rows.store(Operation.GET_BUCKET_STAT, NONE, "stat", TYPE, "As it is.");
        rows.store(Operation.GET_BUCKET_VERSIONING, NONE, "versioning", TYPE, "As it is.");
        rows.store(Operation.PUT_BUCKET_VERSIONING, XML, "versioning", TYPE + " content-md5", "As it is.");
        rows.store(Operation.GET_BUCKET_LIFECYCLE, NONE, "lifecycle", TYPE, "As it is.");
        rows.store(
                Operation.PUT_BUCKET_LIFECYCLE,
                XML,
                "lifecycle",
                TYPE + " content-md5 x-oss-allow-same-action-overlap",
                "As it is.");
        rows.store(Operation.DELETE_BUCKET_LIFECYCLE, NONE, "lifecycle", TYPE, "As it is.");
        rows.store(Operation.GET_BUCKET_TAGS, NONE, "tagging", TYPE, "As it is.");
        rows.store(Operation.PUT_BUCKET_TAGS, XML, "tagging", TYPE + " content-md5", "As it is.");
        rows.store(Operation.DELETE_BUCKET_TAGS, NONE, "tagging", TYPE, "As it is.");
        rows.store(Operation.GET_STYLE, NONE, "style styleName", TYPE, "As it is.");
        rows.store(Operation.LIST_STYLE, NONE, "style", TYPE, "As it is.");
        rows.store(Operation.PUT_STYLE, XML, "style styleName category", TYPE + " content-md5", "As it is.");
        rows.store(Operation.DELETE_STYLE, NONE, "style styleName", TYPE, "As it is.");
        rows.store(Operation.GET_BUCKET_WORM, NONE, "worm", TYPE, "As it is.");
        rows.store(Operation.INITIATE_BUCKET_WORM, XML, "worm", TYPE + " content-md5", "As it is.");
        rows.store(Operation.ABORT_BUCKET_WORM, NONE, "worm", TYPE, "As it is.");
        rows.store(Operation.COMPLETE_BUCKET_WORM, NONE, "wormId", TYPE, "As it is.");
        rows.store(Operation.EXTEND_BUCKET_WORM, XML, "wormId wormExtend", TYPE + " content-md5", "As it is.");
        rows.registry(Operation.HEAD_BUCKET, NONE, "", TYPE);
        rows.registry(Operation.GET_BUCKET_LOCATION, NONE, "location", TYPE);
        rows.registry(Operation.GET_BUCKET_ACL, NONE, "acl", TYPE);
        rows.registry(Operation.PUT_BUCKET_ACL, ACL, "acl", TYPE + " x-oss-acl");
        rows.registry(Operation.GET_BUCKET_CORS, NONE, "cors", TYPE);
    }

    /** What would change who may do what, or names things of the store that its clients do not know. */
    private static void refusedOfOss(Rows rows) {
        String manifest = "The manifest says it for a bucket with a store behind it; change it there.";
        for (Operation operation : List.of(
                Operation.PUT_BUCKET,
                Operation.DELETE_BUCKET,
                Operation.PUT_BUCKET_CORS,
                Operation.DELETE_BUCKET_CORS,
                Operation.GET_BUCKET_POLICY,
                Operation.PUT_BUCKET_POLICY,
                Operation.DELETE_BUCKET_POLICY,
                Operation.GET_BUCKET_POLICY_STATUS,
                Operation.LIST_CNAME,
                Operation.PUT_CNAME,
                Operation.DELETE_CNAME,
                Operation.CREATE_CNAME_TOKEN,
                Operation.GET_CNAME_TOKEN)) {
            rows.nobody(operation, manifest);
        }
        String store = "It names keys, buckets or domains of the store behind this bucket; set it at the store.";
        for (Operation operation : List.of(
                Operation.GET_BUCKET_ENCRYPTION,
                Operation.PUT_BUCKET_ENCRYPTION,
                Operation.DELETE_BUCKET_ENCRYPTION,
                Operation.GET_BUCKET_LOGGING,
                Operation.PUT_BUCKET_LOGGING,
                Operation.DELETE_BUCKET_LOGGING,
                Operation.GET_BUCKET_INVENTORY,
                Operation.LIST_BUCKET_INVENTORY,
                Operation.PUT_BUCKET_INVENTORY,
                Operation.DELETE_BUCKET_INVENTORY,
                Operation.GET_BUCKET_REPLICATION,
                Operation.PUT_BUCKET_REPLICATION,
                Operation.DELETE_BUCKET_REPLICATION,
                Operation.GET_BUCKET_WEBSITE,
                Operation.PUT_BUCKET_WEBSITE,
                Operation.DELETE_BUCKET_WEBSITE,
                Operation.GET_BUCKET_REFERER,
                Operation.PUT_BUCKET_REFERER)) {
            rows.nobody(operation, store);
        }
        rows.nobody(
                Operation.ASYNC_PROCESS_OBJECT,
                "Its result would be told to a topic of the store's; process the object with ProcessObject.");
    }

    /** The rows of one protocol while they are put together. Names are separated by spaces. */
    private static final class Rows {
        private final Upstream.Protocol protocol;
        private final Map<Operation, StoreRow> rows = new EnumMap<>(Operation.class);

        Rows(Upstream.Protocol protocol) {
            this.protocol = protocol;
        }

        void store(Operation operation, BodyUse body, String parameters, String headers, String translation) {
            add(operation, new Answerer.Store(), body, parameters, headers, translation);
        }

        void registry(Operation operation, BodyUse body, String parameters, String headers) {
            add(operation, new Answerer.Registry(), body, parameters, headers, "");
        }

        void nobody(Operation operation, String why) {
            add(operation, new Answerer.Nobody(why), NONE, "", "", "");
        }

        Map<Operation, StoreRow> done() {
            return Collections.unmodifiableMap(rows);
        }

        private void add(
                Operation operation,
                Answerer answerer,
                BodyUse body,
                String parameters,
                String headers,
                String translation) {
            StoreRow row =
                    new StoreRow(operation, protocol, answerer, body, names(parameters), names(headers), translation);
            if (rows.put(operation, row) != null) {
                throw new IllegalStateException(operation + " has two rows");
            }
        }

        private static Set<String> names(String text) {
            return text.isEmpty()
                    ? Set.of()
                    : Collections.unmodifiableSet(new LinkedHashSet<>(List.of(text.split(" "))));
        }
    }
}
