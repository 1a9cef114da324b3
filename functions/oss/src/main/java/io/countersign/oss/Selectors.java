package io.countersign.oss;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What in a request selects its operation among those of its verb and level: sub-resources of the query, the copy source header, a form in a POST to a bucket.
 * Everything else (list parameters, {@code response-*}, signature parameters, modifiers such as {@code versionId} or {@code callback}) selects nothing.
 */
final class Selectors {
    static final String COPY = "x-oss-copy-source";
    static final String FORM = "multipart/form-data";
    static final String PROCESS = "x-oss-process";
    static final String PROCESS_SELECT = "x-oss-process=select";
    static final String PROCESS_META = "x-oss-process=meta";
    static final String ASYNC_PROCESS = "x-oss-async-process";
    static final String ACCESS_POINT = "x-oss-access-point-name";
    static final String TRANSITION_TASK = "x-oss-redundancy-transition-taskid";

    /**
     * Sub-resources that select an operation which is not in the table (protocol.md 1.3, and alibabacloud-oss-go-sdk-v2's signed sub-resources): a request with one of them is no other operation, so it is refused.
     */
    private static final Set<String> WITHOUT_OPERATION = Set.of(
            "accessPointConfigForObjectProcess",
            "accessPointForObjectProcess",
            "accessPointPolicyForObjectProcess",
            "asyncFetch",
            "cleanRestoredObject",
            "cloudboxes",
            "group",
            "img",
            "legalHold",
            "link",
            "objectInfo",
            "objectWorm",
            "processConfiguration",
            "qos",
            "qosRequester",
            "regionList",
            "requesterQosInfo",
            "resourcePool",
            "resourcePoolBuckets",
            "resourcePoolInfo",
            "retention",
            "seal",
            "udf",
            "udfApplication",
            "udfApplicationLog",
            "udfImage",
            "udfImageDesc",
            "udfName",
            "vip",
            "vpcip",
            "x-oss-delete",
            "x-oss-dir",
            "x-oss-rename",
            "x-oss-write-get-object-response");

    private static final Set<String> NAMES = names();

    private Selectors() {}

    /** Whether a query parameter of this name ever makes a request another operation. */
    static boolean has(String parameter) {
        return NAMES.contains(parameter) || parameter.equals(PROCESS) || parameter.equals("comp");
    }

    /** The selectors of a request as one key; empty when one of them stands twice. */
    static Optional<String> keyOf(OssRequest request) {
        List<String> found = new ArrayList<>(3);
        for (QueryParameter parameter : request.query().list()) {
            String name = parameter.name();
            if (name.equals(PROCESS)) {
                if (request.method() == HttpMethod.POST) {
                    found.add(process(parameter.value()));
                }
            } else if (name.equals("comp")) {
                found.add("comp=" + parameter.value());
            } else if (NAMES.contains(name)) {
                found.add(name);
            }
        }
        addFromHeaders(request, found);
        return key(found);
    }

    /** The same key for a row of the table. */
    static String keyOf(Operation operation) {
        return key(new ArrayList<>(operation.selectors())).orElseThrow();
    }

    private static void addFromHeaders(OssRequest request, List<String> found) {
        Headers headers = request.headers();
        if (headers.has(COPY)) {
            found.add(COPY);
        }
        if (headers.has(ACCESS_POINT)) {
            found.add(ACCESS_POINT);
        }
        if (request.method() == HttpMethod.POST && request.target() instanceof Target.Bucket && isForm(headers)) {
            found.add(FORM);
        }
    }

    private static boolean isForm(Headers headers) {
        return headers.first("content-type")
                .map(type -> type.strip().toLowerCase(Locale.ROOT).startsWith(FORM))
                .orElse(false);
    }

    private static String process(String value) {
        if (value.equals("csv/select") || value.equals("json/select")) {
            return PROCESS_SELECT;
        }
        return value.equals("csv/meta") || value.equals("json/meta") ? PROCESS_META : PROCESS;
    }

    private static Optional<String> key(List<String> found) {
        if (found.size() < 2) {
            return Optional.of(found.isEmpty() ? "" : found.getFirst());
        }
        Collections.sort(found);
        for (int i = 1; i < found.size(); i++) {
            if (found.get(i).equals(found.get(i - 1))) {
                return Optional.empty();
            }
        }
        return Optional.of(String.join(" ", found));
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(WITHOUT_OPERATION);
        for (Operation operation : Operation.values()) {
            names.addAll(operation.selectors());
        }
        // Found by value or outside the query.
        names.removeIf(name -> name.indexOf('=') >= 0);
        names.remove(COPY);
        names.remove(FORM);
        return Set.copyOf(names);
    }
}
