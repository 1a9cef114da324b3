package io.countersign.oss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which operation a request asks for, and the rights that it needs for it. */
public final class Operations {
    private static final Map<Row, Operation> TABLE = table();

    private Operations() {}

    /**
     * The one operation that verb, level and sub-resources select. Empty, which means refused: two sub-resources that each select, one given twice, one that
     * OSS does not have with this verb or at this level, or a parameter that the operation does not take.
     */
    public static Optional<Operation> of(OssRequest request) {
        return selected(request).filter(operation -> operation == Operation.PREFLIGHT || isTaken(operation, request));
    }

    /**
     * Refuses a request whose operation does not take one of its parameters, by the parameter's name.
     *
     * @throws OssRefusal InvalidArgument; nothing for a request that selects no operation, of which {@link #none} says why
     */
    public static void requireTaken(OssRequest request) throws OssRefusal {
        Optional<String> objection = selected(request)
                .filter(operation -> operation != Operation.PREFLIGHT)
                .flatMap(operation -> new TakenParameters(operation, request).objection());
        if (objection.isPresent()) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, objection.get());
        }
    }

    /** The refusal of a request that is no operation: MethodNotAllowed, naming what selects none together. */
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

    /** Whether a query parameter of this name makes a request another operation: whoever can add one to a signed request changes what it does. */
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
        Row row = new Row(Level.of(request.target()), request.method(), Selectors.of(request));
        return Optional.ofNullable(TABLE.get(row));
    }

    /**
     * Every right that the operation needs, the operation's own first; all of them are to be had.
     *
     * @param body what is known of it; unknown keys to delete are all of the bucket, an unknown process saves anywhere in the account
     * @throws OssRefusal InvalidArgument when a header, parameter or body that names a further object cannot be read; InvalidBucketName, InvalidObjectName when what it names cannot be
     */
    public static List<Right> rights(Operation operation, OssRequest request, Body body) throws OssRefusal {
        return new NeededRights(operation, request).list(body);
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

    private record Row(Level level, HttpMethod method, List<String> selectors) {}
}
