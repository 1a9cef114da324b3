package io.countersign.signing.base;

import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The canonical query of V2, V4 and ACS3: every parameter but the signature, encoded, sorted by encoded name, {@code k} alone when the value is empty (protocol.md 2, 3). */
public final class CanonicalQuery {
    private record Encoded(String name, QueryParameter parameter) {}

    private static final Comparator<Encoded> BY_NAME = Comparator.comparing(Encoded::name);

    private CanonicalQuery() {}

    /** Repeated parameters stay in the order of the request. */
    public static void append(QueryParameters query, StringBuilder text, Echo echo) {
        append(query, text, echo, false);
    }

    /** The form of ACS3: {@code k=} when the value is empty (protocol.md 6). */
    public static void appendAssigned(QueryParameters query, StringBuilder text, Echo echo) {
        append(query, text, echo, true);
    }

    /** Whether a security token is among them. */
    public static boolean hasToken(QueryParameters query) {
        for (QueryParameter parameter : query.list()) {
            if (Echo.PRINTABLE.hides(parameter.name())) {
                return true;
            }
        }
        return false;
    }

    private static void append(QueryParameters query, StringBuilder text, Echo echo, boolean emptyAssigned) {
        List<Encoded> sorted = new ArrayList<>(query.list().size());
        for (QueryParameter parameter : query.list()) {
            if (!parameter.name().equals("x-oss-signature")) {
                sorted.add(new Encoded(Encoding.encode(parameter.name()), parameter));
            }
        }
        sorted.sort(BY_NAME);
        boolean first = true;
        for (Encoded encoded : sorted) {
            if (!first) {
                text.append('&');
            }
            first = false;
            append(encoded, text, echo, emptyAssigned);
        }
    }

    private static void append(Encoded encoded, StringBuilder text, Echo echo, boolean emptyAssigned) {
        text.append(encoded.name());
        String name = encoded.parameter().name();
        String value = encoded.parameter().value();
        if (!value.isEmpty() || emptyAssigned) {
            text.append('=');
        }
        if (echo.hides(name)) {
            text.append(echo.of(name, value));
        } else {
            Encoding.append(value, text);
        }
    }
}
