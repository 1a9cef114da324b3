package io.countersign.oss;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parts of a request that select its operation among those of its method and level: the selecting {@link
 * Parameters}, two of them by their value, and a few headers: the source of a copy, the name of an access point, a
 * form in a POST to a bucket.
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

    private static final String COMP = "comp";

    private Selectors() {}

    /** Returns the selectors of a request, sorted, with repeated ones. */
    static List<String> of(OssRequest request) {
        Operation.Level level = Operation.Level.of(request.target());
        List<String> found = new ArrayList<>(0);
        for (QueryParameter parameter : request.query().list()) {
            Optional<Parameters.Parameter> known = Parameters.of(parameter.name());
            if (known.isPresent() && known.get().selects().at(level, request.method())) {
                found.add(selector(parameter));
            }
        }
        addFromHeaders(request, found);
        if (found.size() > 1) {
            Collections.sort(found);
        }
        return found;
    }

    /** Returns the selectors of a row of the table. */
    static List<String> of(Operation operation) {
        return operation.selectors().stream().sorted().toList();
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
                .map(type -> OuterSpace.trim(type).toLowerCase(Locale.ROOT).startsWith(FORM))
                .orElse(false);
    }

    private static String selector(QueryParameter parameter) {
        return switch (parameter.name()) {
            case COMP -> COMP + "=" + parameter.value();
            case PROCESS -> process(parameter.value());
            default -> parameter.name();
        };
    }

    private static String process(String value) {
        if (value.equals("csv/select") || value.equals("json/select")) {
            return PROCESS_SELECT;
        }
        return value.equals("csv/meta") || value.equals("json/meta") ? PROCESS_META : PROCESS;
    }
}
