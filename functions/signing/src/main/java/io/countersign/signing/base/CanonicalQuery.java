package io.countersign.signing.base;

import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The canonical query of V2, V4 and ACS3: every parameter but the signature, encoded, sorted by encoded name, {@code k} alone when the value is empty (protocol.md 2, 3). */
public final class CanonicalQuery {
    private record Encoded(String name, QueryParameter parameter) {}

    private static final Comparator<Encoded> BY_NAME = Comparator.comparing(Encoded::name);
    private static final Comparator<Encoded> BY_LOCALE =
            (a, b) -> LocaleOrder.compare(a.parameter().name(), b.parameter().name());

    private CanonicalQuery() {}

    /** Repeated parameters stay in the order of the request. */
    public static void append(QueryParameters query, StringBuilder text, Echo echo) {
        append(query, text, echo, false, BY_NAME);
    }

    /** The same in the order of {@link LocaleOrder}, which one official client takes for that of bytes. */
    public static void appendByLocale(QueryParameters query, StringBuilder text, Echo echo) {
        append(query, text, echo, false, BY_LOCALE);
    }

    /** Whether the two orders of these parameters differ. */
    public static boolean hasOtherOrder(QueryParameters query) {
        if (!LocaleOrder.mayDiffer(query)) {
            return false;
        }
        return !sorted(query, BY_NAME).equals(sorted(query, BY_LOCALE));
    }

    /** The form of ACS3: {@code k=} when the value is empty (protocol.md 6). */
    public static void appendAssigned(QueryParameters query, StringBuilder text, Echo echo) {
        append(query, text, echo, true, BY_NAME);
    }

    /** Whether a security token is among them. */
    public static boolean hasToken(List<QueryParameter> parameters) {
        for (QueryParameter parameter : parameters) {
            if (Echo.PRINTABLE.hides(parameter.name())) {
                return true;
            }
        }
        return false;
    }

    private static void append(
            QueryParameters query, StringBuilder text, Echo echo, boolean emptyAssigned, Comparator<Encoded> order) {
        boolean first = true;
        for (Encoded encoded : sorted(query, order)) {
            if (!first) {
                text.append('&');
            }
            first = false;
            append(encoded, text, echo, emptyAssigned);
        }
    }

    private static List<Encoded> sorted(QueryParameters query, Comparator<Encoded> order) {
        List<Encoded> sorted = new ArrayList<>(query.list().size());
        for (QueryParameter parameter : query.list()) {
            if (!parameter.name().equals("x-oss-signature")) {
                sorted.add(new Encoded(Encoding.encode(parameter.name()), parameter));
            }
        }
        if (sorted.size() > 1) {
            sorted.sort(order);
        }
        return sorted;
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
            PercentEncoding.encode(value, text);
        }
    }
}
