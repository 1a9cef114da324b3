package io.countersign.oss;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The operations that {@code versionId} directs to one version of their object. */
final class Versions {
    private static final String PARAMETER = "versionId";
    private static final String OBJECT = "Object";
    private static final String OF_VERSION = "ObjectVersion";

    /**
     * The operations that then need a different action: {@code oss:GetObjectVersion} for {@code oss:GetObject}
     * (help.aliyun.com, "RAM Policy", OSS actions).
     */
    private static final Set<Operation> WITH_ACTION = EnumSet.of(
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
            Operation.RESTORE_OBJECT,
            Operation.CLEAN_RESTORED_OBJECT);

    /** These, and the ones for which no page names such an action, which need their usual one. */
    static final Set<Operation> TAKEN_BY = takenBy();

    private Versions() {}

    static boolean isNamedBy(OssRequest request) {
        return request.query().has(PARAMETER);
    }

    /** Returns the operation's action, or that of a version where the request names one. */
    static String action(Operation operation, String action, OssRequest request) {
        return WITH_ACTION.contains(operation) && isNamedBy(request) ? ofVersion(action) : action;
    }

    /**
     * {@code oss:GetObject} becomes {@code oss:GetObjectVersion}, {@code oss:PutObjectAcl} becomes {@code
     * oss:PutObjectVersionAcl}.
     */
    static String ofVersion(String action) {
        return action.replace(OBJECT, OF_VERSION);
    }

    /** Returns the action that {@link #ofVersion} turned into this one. */
    static Optional<String> plain(String action) {
        return action.contains(OF_VERSION) ? Optional.of(action.replace(OF_VERSION, OBJECT)) : Optional.empty();
    }

    private static Set<Operation> takenBy() {
        Set<Operation> operations = EnumSet.copyOf(WITH_ACTION);
        operations.addAll(EnumSet.of(
                Operation.GET_OBJECT_RETENTION,
                Operation.PUT_OBJECT_RETENTION,
                Operation.GET_OBJECT_LEGAL_HOLD,
                Operation.PUT_OBJECT_LEGAL_HOLD));
        return Collections.unmodifiableSet(operations);
    }
}
