package io.countersign.oss;

import java.util.List;
import java.util.Optional;

/**
 * Checks that an operation accepts every parameter of its request. An unaccepted parameter may select an operation
 * that is not in the table, or may have a meaning for the storage that was not judged, so it is refused. Only for
 * reads of an object OSS ignores it, and so does this check, because links often carry parameters that others append.
 */
record TakenParameters(Operation operation, OssRequest request) {
    private static final String DATA_PIPE_LINE = "dataPipeline";
    private static final String ACTION = "action";
    private static final String VERSION_ID = "versionId";

    /** Returns the problem with the parameters and its correction; empty when there is none. */
    Optional<String> objection() {
        List<QueryParameter> parameters = request.query().list();
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i).name();
            Optional<Parameters.Parameter> known = Parameters.of(name);
            boolean taken = takes(name);
            if (!taken && !isIgnored(name)) {
                return Optional.of(known.isPresent() ? notTaken(name) : unknown(name));
            }
            if (taken && name.equals(VERSION_ID) && parameters.get(i).value().isEmpty()) {
                return Optional.of("The parameter versionId has no value; name a version, or leave it out.");
            }
            if (taken && !known.get().ofSignature() && isAmong(parameters.subList(0, i), name)) {
                return Optional.of("The parameter " + name + " is duplicated in the URL; send it once.");
            }
        }
        return Optional.empty();
    }

    /** Whether OSS reads the request as if the parameter were not there. */
    boolean ignores(String name) {
        return !takes(name) && isIgnored(name);
    }

    private boolean takes(String name) {
        return Parameters.of(name)
                .filter(known -> known.isTakenBy(operation, request.method()))
                .isPresent();
    }

    private boolean isIgnored(String name) {
        return operation.level() == Operation.Level.OBJECT
                && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
                && !name.equals(VERSION_ID);
    }

    private static boolean isAmong(List<QueryParameter> parameters, String name) {
        for (QueryParameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String unknown(String name) {
        return "The parameter " + Quoted.of(name)
                + " is not one of OSS's here; leave it out, or correct it: parameter names are case-sensitive.";
    }

    private String notTaken(String name) {
        return "A " + operation.apiName() + " does not accept the parameter " + Quoted.of(name) + "; leave it out.";
    }

    /**
     * Whether the request names its action, where method and sub-resource do not distinguish the operation from an
     * invalid request.
     */
    boolean areWhole() {
        boolean pipeLine = operation == Operation.DO_DATA_PIPE_LINE_ACTION;
        boolean acts = pipeLine || operation == Operation.DO_META_QUERY_ACTION;
        return (!pipeLine || request.query().has(DATA_PIPE_LINE))
                && (!acts || request.query().has(ACTION));
    }
}
