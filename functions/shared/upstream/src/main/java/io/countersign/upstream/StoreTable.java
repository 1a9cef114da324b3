package io.countersign.upstream;

import static io.countersign.upstream.BodyUse.BodyKind.COMPLETE_MULTIPART;
import static io.countersign.upstream.BodyUse.BodyKind.DELETE_KEYS;
import static io.countersign.upstream.BodyUse.BodyKind.OTHER_XML;
import static io.countersign.upstream.BodyUse.BodyKind.PROCESS;
import static io.countersign.upstream.BodyUse.BodyKind.TAGGING;

import io.countersign.oss.Operation;
import io.countersign.registry.Upstream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may go to a store behind a bucket, for each operation and protocol. An operation without a row is refused; {@code
 * docs/store.md} is written from this table.
 *
 * <p>The file is long because it is one table.
 */
public final class StoreTable {
    private static final int TAGS = 64 * 1024;
    private static final int KEYS = 2 * 1024 * 1024;
    private static final int PARTS = 2 * 1024 * 1024;
    private static final int DOCUMENT = 256 * 1024;

    private static final String RESPONSE =
            "response-cache-control response-content-disposition response-content-encoding "
                    + "response-content-language response-content-type response-expires";
    private static final String CONDITIONS = "if-match if-none-match if-modified-since if-unmodified-since";
    private static final String ENTITY =
            "cache-control content-disposition content-encoding content-language content-type expires x-oss-meta-";
    private static final String CREATE = "x-oss-storage-class x-oss-tagging x-oss-server-side-encryption";
    private static final String SOURCE = "x-oss-copy-source x-oss-copy-source-if-match x-oss-copy-source-if-none-match "
            + "x-oss-copy-source-if-modified-since x-oss-copy-source-if-unmodified-since";
    private static final String LIMIT = "x-oss-traffic-limit";
    private static final String NO_CLOBBER = "x-oss-forbid-overwrite";
    private static final String BYPASS = "x-oss-bypass-governance-retention";

    private static final String MANIFEST = "the manifest of Countersign says it; change it there.";
    private static final String STORE_ITSELF = "whoever runs the store sets it there.";
    private static final Answerer.Store STORE = new Answerer.Store();
    private static final Answerer.Registry REGISTRY = new Answerer.Registry();
    private static final Map<Operation, Row> ROWS = rows();

    private StoreTable() {}

    /** Returns the row; for an operation without one, a row that nobody answers. */
    public static StoreRow row(Operation operation, Upstream.Protocol protocol) {
        Row row = ROWS.get(operation);
        if (row == null) {
            return new Cell(nobody(operation, "no store behind a bucket is asked for it."), Set.of(), Set.of(), "")
                    .of(operation, protocol, new BodyUse.Ignored());
        }
        return switch (protocol) {
            case OSS -> row.oss().of(operation, protocol, row.body());
            case S3 -> row.s3().of(operation, protocol, row.body());
        };
    }

    private static Map<Operation, Row> rows() {
        Table table = new Table();
        objects(table);
        writes(table);
        parts(table);
        buckets(table);
        here(table);
        return Map.copyOf(table.rows);
    }

    private static void objects(Table table) {
        String read = "range x-oss-range-behavior " + CONDITIONS + " " + LIMIT;
        table.of(Operation.GET_OBJECT)
                .oss("versionId x-oss-process " + RESPONSE + " " + LIMIT, read, "a process with a sys/ step: 501")
                .s3No();
        table.of(Operation.HEAD_OBJECT).oss("versionId", read, "").s3No();
        table.of(Operation.GET_OBJECT_META)
                .oss("objectMeta versionId", CONDITIONS, "")
                .s3No();
        table.of(Operation.DELETE_OBJECT).oss("versionId", BYPASS, "").s3No();
        table.of(Operation.DELETE_MULTIPLE_OBJECTS, new BodyUse.Read(KEYS, DELETE_KEYS))
                .oss("delete encoding-type", "content-type " + BYPASS, "the document of keys is written anew")
                .s3No();
        table.of(Operation.GET_OBJECT_TAGGING).oss("tagging versionId", "", "").s3No();
        table.of(Operation.PUT_OBJECT_TAGGING, new BodyUse.Read(TAGS, TAGGING))
                .oss("tagging versionId", "content-type", "the document of tags is written anew")
                .s3No();
        table.of(Operation.DELETE_OBJECT_TAGGING)
                .oss("tagging versionId", "", "")
                .s3No();
        table.of(Operation.GET_SYMLINK).oss("symlink versionId", "", "").s3No();
        table.of(Operation.RESTORE_OBJECT, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("restore versionId", "content-type", "")
                .s3No();
        table.of(Operation.CLEAN_RESTORED_OBJECT)
                .oss("cleanRestoredObject versionId", "", "")
                .s3No();
        table.of(Operation.GET_OBJECT_RETENTION)
                .oss("retention versionId", "", "")
                .s3No();
        table.of(Operation.PUT_OBJECT_RETENTION, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("retention versionId", "content-type " + BYPASS, "")
                .s3No();
        table.of(Operation.GET_OBJECT_LEGAL_HOLD)
                .oss("legalHold versionId", "", "")
                .s3No();
        table.of(Operation.PUT_OBJECT_LEGAL_HOLD, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("legalHold versionId", "content-type", "")
                .s3No();
        table.of(Operation.SELECT_OBJECT, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("x-oss-process", "content-type", "")
                .s3No();
        table.of(Operation.CREATE_SELECT_OBJECT_META, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("x-oss-process", "content-type", "")
                .s3No();
        table.of(Operation.PROCESS_OBJECT, new BodyUse.Read(TAGS, PROCESS))
                .oss(
                        "x-oss-process",
                        "content-type",
                        "the process is written anew as the body, with the physical bucket where it saves; sys/notify: 501")
                .s3No();
    }

    private static void writes(Table table) {
        table.of(Operation.PUT_OBJECT, new BodyUse.Streamed())
                .oss(LIMIT, ENTITY + " " + CREATE + " " + NO_CLOBBER + " content-md5 " + LIMIT, "")
                .s3No();
        table.of(Operation.POST_OBJECT, new BodyUse.Form())
                .oss("", ENTITY + " " + CREATE + " " + NO_CLOBBER, "sent as the PutObject that it stands for")
                .s3No();
        table.of(Operation.APPEND_OBJECT, new BodyUse.Streamed())
                .oss("append position " + LIMIT, ENTITY + " " + CREATE + " content-md5 " + LIMIT, "")
                .s3No();
        table.of(Operation.SEAL_APPEND_OBJECT).oss("position seal", "", "").s3No();
        table.of(Operation.COPY_OBJECT)
                .oss(
                        "",
                        SOURCE + " x-oss-metadata-directive x-oss-tagging-directive " + ENTITY + " " + CREATE + " "
                                + NO_CLOBBER,
                        "the source in its physical bucket")
                .s3No();
        table.of(Operation.PUT_SYMLINK)
                .oss(
                        "symlink",
                        "x-oss-symlink-target " + ENTITY + " x-oss-storage-class " + NO_CLOBBER,
                        "the target's key encoded anew")
                .s3No();
    }

    private static void parts(Table table) {
        table.of(Operation.INITIATE_MULTIPART_UPLOAD)
                .oss("uploads encoding-type sequential", ENTITY + " " + CREATE + " " + NO_CLOBBER, "")
                .s3No();
        table.of(Operation.UPLOAD_PART, new BodyUse.Streamed())
                .oss("partNumber uploadId " + LIMIT, "content-md5 content-type " + LIMIT, "")
                .s3No();
        table.of(Operation.UPLOAD_PART_COPY)
                .oss(
                        "partNumber uploadId",
                        SOURCE + " x-oss-copy-source-range content-type",
                        "the source in its physical bucket")
                .s3No();
        table.of(Operation.COMPLETE_MULTIPART_UPLOAD, new BodyUse.Read(PARTS, COMPLETE_MULTIPART))
                .oss(
                        "uploadId encoding-type",
                        "content-type x-oss-complete-all " + NO_CLOBBER,
                        "the document of parts is written anew")
                .s3No();
        table.of(Operation.ABORT_MULTIPART_UPLOAD).oss("uploadId", "", "").s3No();
        table.of(Operation.LIST_PARTS)
                .oss("uploadId encoding-type max-parts part-number-marker", "", "")
                .s3No();
    }

    private static void buckets(Table table) {
        table.of(Operation.LIST_OBJECTS)
                .oss(
                        "prefix delimiter marker max-keys encoding-type list-type continuation-token start-after fetch-owner",
                        "",
                        "")
                .s3No();
        table.of(Operation.LIST_OBJECT_VERSIONS)
                .oss("versions prefix delimiter key-marker version-id-marker max-keys encoding-type", "", "")
                .s3No();
        table.of(Operation.LIST_MULTIPART_UPLOADS)
                .oss("uploads prefix delimiter key-marker upload-id-marker max-uploads encoding-type", "", "")
                .s3No();
        table.of(Operation.GET_BUCKET_INFO)
                .oss("bucketInfo", "", "owner, ACL and endpoints are those of the registry")
                .s3No();
        table.of(Operation.GET_BUCKET_STAT).oss("stat", "", "").s3No();
        table.of(Operation.GET_BUCKET_VERSIONING).oss("versioning", "", "").s3No();
        table.of(Operation.PUT_BUCKET_VERSIONING, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("versioning", "content-type", "")
                .s3No();
        table.of(Operation.GET_BUCKET_LIFECYCLE).oss("lifecycle", "", "").s3No();
        table.of(Operation.PUT_BUCKET_LIFECYCLE, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("lifecycle", "content-type x-oss-allow-same-action-overlap", "")
                .s3No();
        table.of(Operation.DELETE_BUCKET_LIFECYCLE).oss("lifecycle", "", "").s3No();
        table.of(Operation.GET_BUCKET_TAGS).oss("tagging", "", "").s3No();
        table.of(Operation.PUT_BUCKET_TAGS, new BodyUse.Read(TAGS, OTHER_XML))
                .oss("tagging", "content-type", "")
                .s3No();
        table.of(Operation.DELETE_BUCKET_TAGS).oss("tagging", "", "").s3No();
        table.of(Operation.GET_STYLE).oss("style styleName", "", "").s3No();
        table.of(Operation.LIST_STYLE).oss("style", "", "").s3No();
        table.of(Operation.PUT_STYLE, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("style styleName category", "content-type", "")
                .s3No();
        table.of(Operation.DELETE_STYLE).oss("style styleName", "", "").s3No();
        table.of(Operation.GET_BUCKET_WORM).oss("worm", "", "").s3No();
        table.of(Operation.INITIATE_BUCKET_WORM, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("worm", "content-type", "")
                .s3No();
        table.of(Operation.ABORT_BUCKET_WORM).oss("worm", "", "").s3No();
        table.of(Operation.COMPLETE_BUCKET_WORM)
                .oss("wormId", "content-type", "")
                .s3No();
        table.of(Operation.EXTEND_BUCKET_WORM, new BodyUse.Read(DOCUMENT, OTHER_XML))
                .oss("wormId wormExtend", "content-type", "")
                .s3No();
    }

    /** What never goes to a store: the registry knows it, or it would change who may do what. */
    private static void here(Table table) {
        table.of(Operation.GET_BUCKET_LOCATION).registry("location", "");
        table.of(Operation.HEAD_BUCKET).registry("", "");
        table.of(Operation.GET_BUCKET_ACL).registry("acl", "");
        table.of(Operation.PUT_BUCKET_ACL, new BodyUse.Read(0, BodyUse.BodyKind.ACL))
                .registry("acl", "x-oss-acl");
        table.of(Operation.GET_OBJECT_ACL).registry("acl", "");
        table.of(Operation.PUT_OBJECT_ACL, new BodyUse.Read(0, BodyUse.BodyKind.ACL))
                .registry("acl", "x-oss-object-acl");
        table.of(Operation.GET_BUCKET_CORS).registry("cors", "");
        table.of(Operation.PREFLIGHT).registry("", "");
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
            table.of(operation).nobody(MANIFEST);
        }
        for (Operation operation : List.of(
                Operation.GET_BUCKET_ENCRYPTION,
                Operation.PUT_BUCKET_ENCRYPTION,
                Operation.DELETE_BUCKET_ENCRYPTION,
                Operation.GET_BUCKET_LOGGING,
                Operation.PUT_BUCKET_LOGGING,
                Operation.DELETE_BUCKET_LOGGING,
                Operation.GET_BUCKET_REPLICATION,
                Operation.PUT_BUCKET_REPLICATION,
                Operation.DELETE_BUCKET_REPLICATION,
                Operation.GET_BUCKET_TRANSFER_ACCELERATION,
                Operation.PUT_BUCKET_TRANSFER_ACCELERATION)) {
            table.of(operation).nobody(STORE_ITSELF);
        }
    }

    private static Answerer nobody(Operation operation, String why) {
        return new Answerer.Nobody(operation.apiName() + " is not implemented here: " + why);
    }

    private static Set<String> names(String text) {
        return text.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(text.split(" ")));
    }

    private record Cell(Answerer answerer, Set<String> parameters, Set<String> headers, String translation) {
        StoreRow of(Operation operation, Upstream.Protocol protocol, BodyUse body) {
            return new StoreRow(operation, protocol, answerer, body, parameters, headers, translation);
        }
    }

    private record Row(BodyUse body, Cell oss, Cell s3) {}

    private static final class Table {
        private final Map<Operation, Row> rows = new EnumMap<>(Operation.class);

        Line of(Operation operation) {
            return of(operation, new BodyUse.Ignored());
        }

        Line of(Operation operation, BodyUse body) {
            return new Line(this, operation, body);
        }
    }

    /** A line of the table: the operation and its cell for each protocol. */
    private record Line(Table table, Operation operation, BodyUse body) {
        Half oss(String parameters, String headers, String translation) {
            return new Half(this, new Cell(STORE, names(parameters), names(headers), translation));
        }

        /** Both protocols alike. */
        void registry(String parameters, String headers) {
            Cell cell = new Cell(REGISTRY, names(parameters), names(headers), "");
            put(cell, cell);
        }

        /** Both protocols alike. */
        void nobody(String why) {
            Cell cell = new Cell(StoreTable.nobody(operation, why), Set.of(), Set.of(), "");
            put(cell, cell);
        }

        private void put(Cell oss, Cell s3) {
            if (table.rows.put(operation, new Row(body, oss, s3)) != null) {
                throw new IllegalStateException(operation + " has two lines");
            }
        }
    }

    /** A line whose cell for S3 is missing. */
    private record Half(Line line, Cell oss) {
        void s3(String parameters, String headers, String translation) {
            line.put(oss, new Cell(STORE, names(parameters), names(headers), translation));
        }

        void s3Registry(String parameters, String headers) {
            line.put(oss, new Cell(REGISTRY, names(parameters), names(headers), ""));
        }

        /** S3 has nothing that it could be written as. */
        void s3No() {
            line.put(
                    oss,
                    new Cell(
                            nobody(line.operation(), "the store behind speaks S3, which does not have it."),
                            Set.of(),
                            Set.of(),
                            ""));
        }
    }
}
