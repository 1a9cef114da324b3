package io.countersign.oss;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The query parameters of OSS: whether each selects an operation, which operations accept it, whether V1 signs it, and
 * whether it belongs to a signature. Names are case-sensitive, as in OSS.
 *
 * <p>The names are those of the official clients (docs/protocol.md 1.3 and 13; aliyun-sdk-oss, alibabacloud-oss-v2,
 * alibabacloud-oss-go-sdk-v2, aliyun-oss-go-sdk, oss2) and of the help pages of the operations. V1 signs the union of
 * the parameters that the clients sign. A shorter list is never tried, because an unsigned sub-resource could then
 * pass.
 */
public final class Parameters {
    private static final String OSS_PREFIX = "x-oss-";

    private static final Set<HttpMethod> ALL_METHODS = EnumSet.allOf(HttpMethod.class);
    private static final Parameter.Selects EVERYWHERE =
            new Parameter.Selects(EnumSet.allOf(Operation.Level.class), ALL_METHODS);
    private static final Parameter.Selects NOWHERE =
            new Parameter.Selects(EnumSet.noneOf(Operation.Level.class), EnumSet.noneOf(HttpMethod.class));
    private static final Set<Operation> NONE = EnumSet.noneOf(Operation.class);

    /** Parameters of a signature that other URLs use as well. */
    private static final Set<String> PLAIN_WORDS = Set.of("expires", "signature");

    private static final Map<String, Parameter> TABLE = table();
    private static final KnownNames NAMES = new KnownNames(TABLE.keySet());
    private static final Set<String> SIGNATURES_IN_LOWER_CASE = signaturesInLowerCase();

    private Parameters() {}

    /** Whether V1's string to sign includes a parameter of this name: a listed one, or any {@code x-oss-*}. */
    public static boolean isSignedByV1(String name) {
        Parameter parameter = TABLE.get(name);
        return parameter == null ? name.startsWith(OSS_PREFIX) : parameter.signedByV1();
    }

    /** Whether OSS has a parameter of this name. */
    public static boolean isKnown(String name) {
        return TABLE.containsKey(name);
    }

    /** Whether a signature of OSS, of any version, uses a parameter of this name. */
    public static boolean isOfSignature(String name) {
        Parameter parameter = TABLE.get(name);
        return parameter != null && parameter.ofSignature();
    }

    /**
     * Whether a name equals one of {@link #isOfSignature} ignoring case, except {@code expires} and {@code signature},
     * which other URLs use as well.
     */
    public static boolean resemblesSignature(String name) {
        return SIGNATURES_IN_LOWER_CASE.contains(AsciiCase.lower(name));
    }

    /** Whether a parameter of this name selects an operation at any level. */
    static boolean selects(String name) {
        Parameter parameter = TABLE.get(name);
        return parameter != null && !parameter.selects().isEmpty();
    }

    /** Returns empty for a name that OSS does not have. */
    static Optional<Parameter> of(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    /** Returns the part of a query from one index to another, which needs no decoding: without a copy if it is the name of a parameter of OSS. */
    static String name(String raw, int from, int to) {
        return NAMES.part(raw, from, to);
    }

    static Set<String> names() {
        return TABLE.keySet();
    }

    private static Set<String> signaturesInLowerCase() {
        Set<String> names = new HashSet<>();
        TABLE.keySet().stream()
                .filter(Parameters::isOfSignature)
                .map(AsciiCase::lower)
                .filter(name -> !PLAIN_WORDS.contains(name))
                .forEach(names::add);
        return Set.copyOf(names);
    }

    private static Map<String, Parameter> table() {
        Rows rows = new Rows();
        rows.signed().selecting(EVERYWHERE, """
                accessPoint accessPointConfigForObjectProcess accessPointForObjectProcess accessPointPolicy \
                accessPointPolicyForObjectProcess acl append asyncFetch bucketArchiveDirectRead bucketInfo \
                cleanRestoredObject cloudboxes cname comp cors dataAccelerator delete encryption httpsConfig \
                inventory inventoryId legalHold lifecycle live location logging metaQuery objectMeta objectWorm \
                overwriteConfig partNumber policy policyStatus position publicAccessBlock qos qosInfo qosRequester \
                redundancyTransition referer replication replicationLocation replicationProgress requestPayment \
                requesterQosInfo resourceGroup resourcePool resourcePoolBuckets resourcePoolInfo responseHeader \
                restore retention rtc seal stat status style styleName symlink transferAcceleration uploadId uploads \
                userDefinedLogFieldsConfig versioning versions vod website worm wormExtend wormId \
                x-oss-access-point-name x-oss-async-process x-oss-redundancy-transition-taskid \
                x-oss-write-get-object-response""");
        // They select operations that are not in the table, so a request with one of them is refused.
        rows.signed().selecting(EVERYWHERE, """
                group img link objectInfo processConfiguration regionList udf udfApplication udfApplicationLog udfId \
                udfImage udfImageDesc udfName vip vpcip x-oss-delete x-oss-dir x-oss-rename""");
        rows.signed()
                .selecting(
                        new Parameter.Selects(EnumSet.of(Operation.Level.BUCKET, Operation.Level.OBJECT), ALL_METHODS),
                        "tagging");
        rows.signed()
                .selecting(
                        new Parameter.Selects(EnumSet.of(Operation.Level.OBJECT), EnumSet.of(HttpMethod.POST)),
                        "x-oss-process");
        // No client signs these under V1 (docs/protocol.md 13).
        rows.unsigned().selecting(EVERYWHERE, "accessmonitor regions");

        Set<Operation> lists = where(operation -> operation.apiName().startsWith("List"));
        rows.signed().takenBy(lists, "continuation-token");
        rows.unsigned().takenBy(lists, """
                bid delimiter encoding-type fetch-owner key-marker list-type marker max-keys max-parts max-uploads \
                part-number-marker prefix start-after tag-key tag-value upload-id-marker version-id-marker""");
        rows.signed().takenBy(EnumSet.of(Operation.LIST_BUCKETS), "tagging");

        rows.signed().takenBy(where(operation -> true), """
                x-oss-ac-forward-allow x-oss-ac-source-ip x-oss-ac-subnet-mask x-oss-ac-vpc-id x-oss-request-payer \
                x-oss-traffic-limit""");
        rows.signed().takenBy(where(operation -> true), OnceParameter.NAME);
        rows.signed().takenBy(where(operation -> operation.level() == Operation.Level.OBJECT), """
                response-cache-control response-content-disposition response-content-encoding \
                response-content-language response-content-type response-expires""");
        rows.signed().takenBy(Versions.TAKEN_BY, "versionId");
        rows.signed()
                .takenBy(
                        EnumSet.of(Operation.GET_OBJECT, Operation.HEAD_OBJECT, Operation.PUT_OBJECT), "x-oss-process");
        Set<Operation> writes = EnumSet.of(
                Operation.PUT_OBJECT,
                Operation.APPEND_OBJECT,
                Operation.COPY_OBJECT,
                Operation.PUT_SYMLINK,
                Operation.INITIATE_MULTIPART_UPLOAD,
                Operation.UPLOAD_PART,
                Operation.UPLOAD_PART_COPY,
                Operation.COMPLETE_MULTIPART_UPLOAD);
        rows.signed().takenBy(writes, """
                callback callback-var sequential withHashContext x-oss-enable-md5 x-oss-enable-sha1 \
                x-oss-enable-sha256 x-oss-hash-ctx x-oss-md5-ctx""");
        rows.unsigned().takenBy(writes, "encoding-type");
        rows.unsigned().takenBy(EnumSet.of(Operation.DELETE_MULTIPLE_OBJECTS), "encoding-type");
        ofOne(rows);
        rows.unsigned().takenBy(NONE, "playlistName since tail");
        rows.ofSignatures();
        return rows.done();
    }

    /** Parameters that one or two operations accept. */
    private static void ofOne(Rows rows) {
        rows.signed().takenBy(EnumSet.of(Operation.POST_VOD_PLAYLIST, Operation.GET_VOD_PLAYLIST), "startTime endTime");
        rows.signed()
                .takenBy(EnumSet.of(Operation.CREATE_BUCKET_REDUNDANCY_TRANSITION), "x-oss-target-redundancy-type");
        rows.unsigned().takenBy(EnumSet.of(Operation.GET_BUCKET_REPLICATION_PROGRESS), "rule-id");
        rows.unsigned().takenBy(EnumSet.of(Operation.OPEN_META_QUERY, Operation.DO_META_QUERY), "mode");
        rows.unsigned().takenBy(EnumSet.of(Operation.PUT_STYLE), "category");
        Set<Operation> accelerator = EnumSet.of(
                Operation.GET_BUCKET_DATA_ACCELERATOR,
                Operation.PUT_BUCKET_DATA_ACCELERATOR,
                Operation.DELETE_BUCKET_DATA_ACCELERATOR);
        rows.signed().takenBy(accelerator, "x-oss-datalake-cache-available-zone");
        rows.unsigned().takenBy(accelerator, "verbose");
        rows.unsigned()
                .takenBy(
                        EnumSet.of(Operation.DO_META_QUERY_ACTION, Operation.DO_DATA_PIPE_LINE_ACTION),
                        "action maxResults nextToken");
        rows.unsigned().takenBy(EnumSet.of(Operation.DO_DATA_PIPE_LINE_ACTION), "dataPipeline dataPipelineName role");
        rows.unsigned().takenBy(EnumSet.of(Operation.DO_META_QUERY_ACTION), """
                aggregations clusterType datasetConfig datasetName description mediaTypes order prefix query \
                simpleQuery smartClusterIds sort sourceURI templateId withFields withStatistics withoutTotalHits \
                workflowParameters""");
    }

    private static Set<Operation> where(Predicate<Operation> takes) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        Arrays.stream(Operation.values()).filter(takes).forEach(operations::add);
        return operations;
    }

    /** Collects the table. Several rows about one name are combined. */
    private static final class Rows {
        private final Map<String, Parameter> table = new HashMap<>();
        private boolean signedByV1;

        Rows signed() {
            signedByV1 = true;
            return this;
        }

        Rows unsigned() {
            signedByV1 = false;
            return this;
        }

        void selecting(Parameter.Selects selects, String names) {
            add(names, new Parameter(selects, NONE, signedByV1, false));
        }

        void takenBy(Set<Operation> operations, String names) {
            add(names, new Parameter(NOWHERE, operations, signedByV1, false));
        }

        void ofSignatures() {
            add("security-token", new Parameter(NOWHERE, NONE, true, true));
            add("OSSAccessKeyId Expires Signature", new Parameter(NOWHERE, NONE, false, true));
            // V1's resource includes every x-oss-*, also these, when they occur in a V1 request.
            add("""
                    x-oss-access-key-id x-oss-additional-headers x-oss-credential x-oss-date x-oss-expires \
                    x-oss-security-token x-oss-signature x-oss-signature-version""", new Parameter(NOWHERE, NONE, true, true));
        }

        Map<String, Parameter> done() {
            return Map.copyOf(table);
        }

        private void add(String names, Parameter row) {
            for (String name : names.split(" ")) {
                if (name.startsWith(OSS_PREFIX) && !row.signedByV1()) {
                    throw new IllegalStateException("V1 signs every " + OSS_PREFIX + "*, so " + name + " too");
                }
                table.merge(name, row, Rows::both);
            }
        }

        private static Parameter both(Parameter one, Parameter other) {
            if (one.signedByV1() != other.signedByV1() || one.ofSignature() || other.ofSignature()) {
                throw new IllegalStateException("two rows contradict each other");
            }
            if (!one.selects().isEmpty() && !other.selects().isEmpty()) {
                throw new IllegalStateException("two rows say where a parameter selects");
            }
            Set<Operation> takers = EnumSet.noneOf(Operation.class);
            takers.addAll(one.takers());
            takers.addAll(other.takers());
            Parameter.Selects selects = one.selects().isEmpty() ? other.selects() : one.selects();
            return new Parameter(selects, Collections.unmodifiableSet(takers), one.signedByV1(), false);
        }
    }

    /**
     * The properties of a query parameter.
     *
     * @param selects where it selects another operation of the same method
     * @param takers the operations that accept it without being selected by it
     * @param signedByV1 whether it is part of V1's resource (docs/protocol.md 1.3)
     * @param ofSignature whether it is part of a signature
     */
    record Parameter(Selects selects, Set<Operation> takers, boolean signedByV1, boolean ofSignature) {
        /** Levels and methods. */
        record Selects(Set<Operation.Level> levels, Set<HttpMethod> methods) {
            boolean isEmpty() {
                return levels.isEmpty();
            }

            boolean at(Operation.Level level, HttpMethod method) {
                return levels.contains(level) && methods.contains(method);
            }
        }

        boolean isTakenBy(Operation operation, HttpMethod method) {
            return ofSignature || takers.contains(operation) || selects.at(operation.level(), method);
        }
    }
}
