package io.countersign.oss;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which operation a request asks for, and the rights that it needs for it. */
public final class Operations {
    private static final Map<Row, Operation> TABLE = table();

    /** Operations that {@code versionId} turns to a version of the object, each with an action of its own. */
    private static final Set<Operation> OF_VERSIONS = EnumSet.of(
            Operation.GET_OBJECT,
            Operation.HEAD_OBJECT,
            Operation.GET_OBJECT_META,
            Operation.DELETE_OBJECT,
            Operation.GET_OBJECT_ACL,
            Operation.PUT_OBJECT_ACL,
            Operation.GET_OBJECT_TAGGING,
            Operation.PUT_OBJECT_TAGGING,
            Operation.DELETE_OBJECT_TAGGING,
            Operation.GET_SYMLINK,
            Operation.RESTORE_OBJECT);

    private Operations() {}

    /**
     * The one operation that verb, level and sub-resources select. Empty, which means refused: two sub-resources that each select, one given twice, one that
     * OSS does not have with this verb or at this level, or {@code versionId} on an operation that knows no versions.
     */
    public static Optional<Operation> of(OssRequest request) {
        if (request.method() == HttpMethod.OPTIONS) {
            return Optional.of(Operation.PREFLIGHT);
        }
        Optional<String> selectors = Selectors.keyOf(request);
        if (selectors.isEmpty()) {
            return Optional.empty();
        }
        Row row = new Row(Level.of(request.target()), request.method(), selectors.get());
        return Optional.ofNullable(TABLE.get(row))
                .filter(operation -> OF_VERSIONS.contains(operation) || !hasVersion(request));
    }

    /** Whether a query parameter of this name makes a request another operation: whoever can add one to a signed request changes what it does. */
    public static boolean selects(String parameter) {
        return Selectors.has(parameter);
    }

    /**
     * Every right that the operation needs, the operation's own first; all of them are to be had.
     *
     * @param deleteKeys the keys that the body of DeleteMultipleObjects names, at most 1,000; none: unknown, so every object of the bucket is meant
     * @throws OssRefusal InvalidArgument when a header or parameter that names a further object cannot be read; InvalidBucketName, InvalidObjectName when what it names cannot be
     */
    public static List<Right> rights(Operation operation, OssRequest request, List<String> deleteKeys)
            throws OssRefusal {
        return new NeededRights(operation, request).list(deleteKeys);
    }

    static boolean hasVersion(OssRequest request) {
        return request.query().has("versionId");
    }

    private static Map<Row, Operation> table() {
        Map<Row, Operation> table = new HashMap<>();
        for (Operation operation : Operation.values()) {
            for (HttpMethod method : operation.methods()) {
                Row row = new Row(operation.level(), method, Selectors.keyOf(operation));
                if (table.putIfAbsent(row, operation) != null) {
                    throw new IllegalStateException(operation + " is selected like another operation");
                }
            }
        }
        return Map.copyOf(table);
    }

    private record Row(Level level, HttpMethod method, String selectors) {}
}
