package io.countersign.verify.forwardauth;

import io.countersign.oss.Body;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;

/**
 * Refuses keys that file servers resolve to another path than the one that was judged: they resolve {@code .} and {@code ..}, collapse {@code //}, treat a backslash as a
 * slash, stop at NUL, and some decode an escape again. The check applies to the decoded key, however the client encoded it: a slash may have been sent as
 * {@code %2F}.
 */
final class FileKeys {
    /** Escapes of dots, separators and NUL in lower case, which a server that decodes again would resolve. */
    private static final List<String> ESCAPED = List.of("%2e", "%2f", "%5c", "%00");

    private FileKeys() {}

    /** @throws OssRefusal InvalidObjectName for such a key, in the request's path or in a header or parameter that names a key; MethodNotAllowed when the keys are in the body */
    static void check(OssRequest request) throws OssRefusal {
        check(request.target());
        Optional<Operation> operation = Operations.of(request);
        if (operation.isEmpty()) {
            return;
        }
        if (operation.get() == Operation.DELETE_MULTIPLE_OBJECTS) {
            throw inBody("DeleteMultipleObjects names its keys in the body, which is not read here;"
                    + " delete the objects one by one.");
        }
        for (Right right : Operations.rights(operation.get(), request, Body.UNKNOWN)) {
            check(right.scope());
        }
    }

    private static void check(Scope scope) throws OssRefusal {
        boolean safe =
                switch (scope) {
                    case Target.Service service -> true;
                    case Target.Bucket bucket -> true;
                    case Target.ObjectKey object -> isOnePath(object.key());
                    // Checks the prefix with any character after it.
                    case Scope.ObjectPrefix prefix -> isOnePath(prefix.prefix() + "x");
                    case Scope.AccountObjects objects ->
                        throw inBody(
                                "The process is in the body, which is not read here; send it as the parameter's value.");
                };
        if (!safe) {
            throw refused();
        }
    }

    private static boolean isOnePath(String key) {
        return hasOnlyNames(key) && key.indexOf('\\') < 0 && key.indexOf('\0') < 0 && !hasEscape(key);
    }

    /** Whether no segment is empty, {@code .} or {@code ..}. */
    private static boolean hasOnlyNames(String key) {
        int start = 0;
        while (start <= key.length()) {
            int slash = key.indexOf('/', start);
            int end = slash < 0 ? key.length() : slash;
            boolean dots =
                    key.startsWith("..", start) ? end == start + 2 : key.startsWith(".", start) && end == start + 1;
            if (end == start || dots) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean hasEscape(String key) {
        for (int percent = key.indexOf('%'); percent >= 0; percent = key.indexOf('%', percent + 1)) {
            for (String escaped : ESCAPED) {
                if (key.regionMatches(true, percent, escaped, 0, escaped.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static OssRefusal inBody(String why) {
        return new OssRefusal(OssError.METHOD_NOT_ALLOWED, OssError.METHOD_NOT_ALLOWED.message() + " " + why);
    }

    private static OssRefusal refused() {
        return new OssRefusal(
                OssError.INVALID_OBJECT_NAME,
                "The specified object is not valid: this endpoint serves files, so a key has no empty, . or .. segment,"
                        + " no backslash, no NUL, and no %2E, %2F, %5C or %00 left once it is decoded.");
    }
}
