package io.countersign.signing.v1;

import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.Echo;
import io.countersign.signing.base.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last part of V1's string to sign (protocol.md 1.2): the path, decoded, and the signed parameters, decoded.
 *
 * @param path {@code /bucket/key}
 * @param parameters those that are signed, sorted by name, repeated ones in their order
 */
record CanonicalizedResource(String path, List<QueryParameter> parameters) {
    private static final Comparator<QueryParameter> BY_NAME = Comparator.comparing(QueryParameter::name);

    static CanonicalizedResource of(Target target, QueryParameters query) {
        List<QueryParameter> signed = List.of();
        for (QueryParameter parameter : query.list()) {
            if (Parameters.isSignedByV1(parameter.name())) {
                // Most URLs have none of them.
                if (signed.isEmpty()) {
                    signed = new ArrayList<>(query.list().size());
                }
                signed.add(parameter);
            }
        }
        if (signed.size() > 1) {
            signed.sort(BY_NAME);
        }
        return new CanonicalizedResource(Paths.of(target), signed);
    }

    /** Whether the wire had {@code k=}, which signers write in two ways. */
    boolean hasEmptyAssigned() {
        for (QueryParameter parameter : parameters) {
            if (parameter.assigned() && parameter.value().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void appendTo(StringBuilder text, Reading reading, Echo echo) {
        text.append(path);
        char separator = '?';
        for (QueryParameter parameter : parameters) {
            text.append(separator).append(parameter.name());
            separator = '&';
            if (!parameter.value().isEmpty() || parameter.assigned() && reading.emptyAssigned()) {
                text.append('=').append(echo.of(parameter.name(), parameter.value()));
            }
        }
    }
}
