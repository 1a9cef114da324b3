package io.countersign.oss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Determines the operation of a request and the rights that it needs. */
public final class Operations {
    private static final Map<Row, Operation> TABLE = table();

    private Operations() {}

    /**
     * Returns the operation that method, level and sub-resources select. Empty, which means refused, for two selecting
     * sub-resources that do not belong together, a repeated one, one that OSS does not have with this method or at
     * this level, and a parameter that the operation does not accept.
     */
    public static Optional<Operation> of(OssRequest request) {
        return selected(request).filter(operation -> operation == Operation.PREFLIGHT || isTaken(operation, request));
    }

    /**
     * Returns the operation as {@link #of} does, but refuses a request whose operation does not accept one of its
     * parameters, naming the parameter. A request that selects no operation passes; {@link #none} explains it.
     *
     * @throws OssRefusal InvalidArgument
     */
    public static Optional<Operation> ofTaken(OssRequest request) throws OssRefusal {
        Optional<Operation> operation = selected(request);
        if (operation.isEmpty() || operation.get() == Operation.PREFLIGHT) {
            return operation;
        }
        TakenParameters parameters = new TakenParameters(operation.get(), request);
        Optional<String> objection = parameters.objection();
        if (objection.isPresent()) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, objection.get());
        }
        return parameters.areWhole() ? operation : Optional.empty();
    }

    /** Returns the refusal of a request that selects no operation: MethodNotAllowed, naming its selectors. */
    public static OssRefusal none(OssRequest request) {
        List<String> selectors = Selectors.of(request);
        String with = selectors.isEmpty()
                ? "without a sub-resource"
                : "with " + selectors.stream().map(Quoted::of).collect(Collectors.joining(" and "));
        return new OssRefusal(
                OssError.METHOD_NOT_ALLOWED,
                OssError.METHOD_NOT_ALLOWED.message() + " No operation has the method " + request.method() + " " + with
                        + " there; send one that has, each sub-resource once.");
    }

    /**
     * Returns the request without the parameters that OSS ignores: those of a read of an object that its operation does
     * not accept.
     */
    public static OssRequest withoutIgnored(OssRequest request) {
        Optional<Operation> operation = selected(request);
        if (operation.isEmpty()) {
            return request;
        }
        TakenParameters parameters = new TakenParameters(operation.get(), request);
        return new OssRequest(
                request.method(),
                request.address(),
                new QueryParameters(request.query().list().stream()
                        .filter(parameter -> !parameters.ignores(parameter.name()))
                        .toList()),
                request.headers());
    }

    /**
     * Whether a query parameter of this name selects another operation. Adding such a parameter to a signed request
     * changes its meaning.
     */
    public static boolean selects(String parameter) {
        return Parameters.selects(parameter);
    }

    private static boolean isTaken(Operation operation, OssRequest request) {
        TakenParameters parameters = new TakenParameters(operation, request);
        return parameters.areWhole() && parameters.objection().isEmpty();
    }

    private static Optional<Operation> selected(OssRequest request) {
        if (request.method() == HttpMethod.OPTIONS) {
            return Optional.of(Operation.PREFLIGHT);
        }
        Row row = new Row(Operation.Level.of(request.target()), request.method(), Selectors.of(request));
        return Optional.ofNullable(TABLE.get(row));
    }

    /**
     * Returns every right that the operation needs, the operation's own first. All of them are required.
     *
     * @param body the known content; unknown keys to delete are all of the bucket, and an unknown process may save
     *     anywhere in the account
     * @throws OssRefusal InvalidArgument when a header, parameter or body that names a further object cannot be read;
     *     InvalidBucketName or InvalidObjectName for invalid names
     */
    public static List<Right> rights(Operation operation, OssRequest request, Body body) throws OssRefusal {
        return new NeededRights(operation, request).list(body);
    }

    /**
     * Returns the key that a PutSymlink links to, in the link's bucket.
     *
     * @throws OssRefusal InvalidArgument when there is not exactly one header, or it cannot be decoded; InvalidObjectName
     *     for an invalid key
     */
    public static String symlinkTarget(OssRequest request) throws OssRefusal {
        String key =
                PercentEncoding.decode(one(request, EncodedText.SYMLINK_TARGET.name()), EncodedText.SYMLINK_TARGET);
        try {
            return BucketName.ObjectName.checked(key);
        } catch (OssRefusal refusal) {
            throw EncodedText.SYMLINK_TARGET.about(refusal);
        }
    }

    static String one(OssRequest request, String header) throws OssRefusal {
        List<String> values = request.headers().all(header);
        if (values.size() != 1) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "There must be exactly one header " + header + ".");
        }
        return OuterSpace.trim(values.getFirst());
    }

    private static Map<Row, Operation> table() {
        Map<Row, Operation> table = new HashMap<>();
        for (Operation operation : Operation.values()) {
            for (HttpMethod method : operation.methods()) {
                Row row = new Row(operation.level(), method, Selectors.of(operation));
                if (table.putIfAbsent(row, operation) != null) {
                    throw new IllegalStateException(operation + " is selected like another operation");
                }
            }
        }
        return Map.copyOf(table);
    }

    private record Row(Operation.Level level, HttpMethod method, List<String> selectors) {}

    /**
     * The rights of one request: the operation's own, and those that headers and parameters require in addition
     * (docs/protocol.md 9).
     */
    record NeededRights(Operation operation, OssRequest request) {
        private static final int MAX_DELETE_KEYS = 1_000;
        private static final String READ = "oss:GetObject";
        private static final String WRITE = "oss:PutObject";
        /**
         * No page names this action. A request that would override a retention does more than the same request without
         * the header.
         */
        private static final String BYPASS = "oss:BypassGovernanceRetention";

        List<Right> list(Body body) throws OssRefusal {
            Optional<String> action = operation.action();
            if (action.isEmpty()) {
                return List.of();
            }
            if (request.target() instanceof Target.Bucket bucket) {
                return ofBucket(bucket.bucket(), action.get(), body.deleteKeys());
            }
            List<Right> rights = new ArrayList<>(2);
            rights.add(new Right(Versions.action(operation, action.get(), request), request.target()));
            if (request.target() instanceof Target.ObjectKey object) {
                addFromHeaders(object, rights);
                addFromProcess(object, body.process(), rights);
            }
            return rights.size() == 1 ? List.of(rights.getFirst()) : List.copyOf(rights);
        }

        private List<Right> ofBucket(String bucket, String action, List<Body.DeletedObject> deleteKeys)
                throws OssRefusal {
            if (operation == Operation.DELETE_MULTIPLE_OBJECTS) {
                return deletes(bucket, action, deleteKeys);
            }
            if (operation == Operation.POST_OBJECT) {
                return List.of(new Right(action, new Scope.ObjectPrefix(bucket, "")));
            }
            Right own = new Right(action, request.target());
            return operation == Operation.PUT_BUCKET && request.headers().has("x-oss-acl")
                    ? List.of(own, new Right("oss:PutBucketAcl", request.target()))
                    : List.of(own);
        }

        private List<Right> deletes(String bucket, String action, List<Body.DeletedObject> keys) throws OssRefusal {
            if (keys.size() > MAX_DELETE_KEYS) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "There are more than " + MAX_DELETE_KEYS + " keys to delete; send fewer.");
            }
            List<Right> rights = new ArrayList<>(keys.size() + 1);
            for (Body.DeletedObject deleted : keys) {
                String own = deleted.versionId().isPresent() ? Versions.ofVersion(action) : action;
                rights.add(new Right(own, Target.object(bucket, BucketName.ObjectName.checked(deleted.key()))));
            }
            Scope all = new Scope.ObjectPrefix(bucket, "");
            if (keys.isEmpty()) {
                rights.add(new Right(action, all));
                rights.add(Right.possible(Versions.ofVersion(action), all));
            }
            if (bypassesRetention()) {
                rights.add(new Right(BYPASS, all));
            }
            return List.copyOf(rights);
        }

        private void addFromHeaders(Target.ObjectKey object, List<Right> rights) throws OssRefusal {
            Headers headers = request.headers();
            if (operation == Operation.COPY_OBJECT || operation == Operation.UPLOAD_PART_COPY) {
                CopySource source = CopySource.of(request);
                String read = source.version().isPresent() ? Versions.ofVersion(READ) : READ;
                rights.add(new Right(read, source.object()));
            }
            if (operation == Operation.PUT_SYMLINK) {
                rights.add(new Right(READ, Target.object(object.bucket(), symlinkTarget(request))));
            }
            if (operation != Operation.PUT_OBJECT_ACL && headers.has("x-oss-object-acl")) {
                rights.add(new Right("oss:PutObjectAcl", object));
            }
            if (operation != Operation.PUT_OBJECT_TAGGING && headers.has("x-oss-tagging")) {
                rights.add(new Right("oss:PutObjectTagging", object));
            }
            if (bypassesRetention()) {
                rights.add(new Right(BYPASS, object));
            }
        }

        private void addFromProcess(Target.ObjectKey object, Optional<String> body, List<Right> rights)
                throws OssRefusal {
            if (operation == Operation.PROCESS_OBJECT || operation == Operation.ASYNC_PROCESS_OBJECT) {
                rights.add(new Right(READ, object));
                boolean async = operation == Operation.ASYNC_PROCESS_OBJECT;
                PostedProcess posted = new PostedProcess(async ? Selectors.ASYNC_PROCESS : Selectors.PROCESS, request);
                Optional<String> process = posted.process(body);
                if (process.isEmpty()) {
                    rights.add(new Right(WRITE, new Scope.AccountObjects(object.bucket())));
                    rights.add(Right.possible(READ, new Scope.ObjectPrefix(object.bucket(), "")));
                    rights.add(Right.possible(ProcessSteps.IMM, object));
                    return;
                }
                for (Scope saved : posted.saved(process.get(), object.bucket())) {
                    rights.add(new Right(WRITE, saved));
                }
                addSteps(process.get(), object, async, rights);
                return;
            }
            for (QueryParameter parameter : request.query().list()) {
                if (parameter.name().equals(Selectors.PROCESS)) {
                    for (Scope saved : CopySource.SaveAs.targets(parameter.value(), object.bucket())) {
                        rights.add(new Right(WRITE, saved));
                    }
                    addSteps(parameter.value(), object, false, rights);
                }
            }
        }

        /**
         * IMM executes every asynchronous process. Only a Deny of it counts, because an own storage has no IMM and its
         * policies need not allow it.
         */
        private static void addSteps(String process, Target.ObjectKey object, boolean async, List<Right> rights)
                throws OssRefusal {
            for (Scope read : ProcessSteps.read(process, object.bucket())) {
                rights.add(new Right(READ, read));
            }
            if (async || ProcessSteps.needImm(process)) {
                rights.add(Right.possible(ProcessSteps.IMM, object));
            }
        }

        private boolean bypassesRetention() {
            return request.headers()
                    .first("x-oss-bypass-governance-retention")
                    .map(value -> !OuterSpace.trim(value).equals("false"))
                    .orElse(false);
        }
    }
}
