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

    /** How a parameter without a value is written. */
    private enum Empty {
        BARE,
        AS_SENT,
        ASSIGNED;

        boolean assigns(QueryParameter parameter) {
            return this == ASSIGNED || this == AS_SENT && parameter.assigned();
        }
    }

    private static final Comparator<Encoded> BY_NAME = Comparator.comparing(Encoded::name);
    private static final Comparator<Encoded> BY_LOCALE =
            (a, b) -> LocaleOrder.compare(a.parameter().name(), b.parameter().name());

    private CanonicalQuery() {}

    /** Repeated parameters stay in the order of the request. */
    public static void append(QueryParameters query, StringBuilder text, RedactingSink echo) {
        append(query, text, echo, Empty.BARE, BY_NAME);
    }

    /**
     * The same as ali-oss may write it.
     *
     * @param byLocale in the order of {@link LocaleOrder}, which it takes for that of bytes
     * @param emptyAssigned {@code k=} where the request has that
     */
    public static void append(
            QueryParameters query, StringBuilder text, RedactingSink echo, boolean byLocale, boolean emptyAssigned) {
        append(query, text, echo, emptyAssigned ? Empty.AS_SENT : Empty.BARE, byLocale ? BY_LOCALE : BY_NAME);
    }

    /** Whether the request itself has an empty value as {@code k=}, so that it may be signed so. */
    public static boolean hasEmptyAssigned(QueryParameters query) {
        for (QueryParameter parameter : query.list()) {
            if (parameter.assigned() && parameter.value().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the two orders of these parameters differ. */
    public static boolean hasOtherOrder(QueryParameters query) {
        if (!LocaleOrder.mayDiffer(query)) {
            return false;
        }
        return !sorted(query, BY_NAME).equals(sorted(query, BY_LOCALE));
    }

    /** The form of ACS3: {@code k=} when the value is empty (protocol.md 6). */
    public static void appendAssigned(QueryParameters query, StringBuilder text, RedactingSink echo) {
        append(query, text, echo, Empty.ASSIGNED, BY_NAME);
    }

    /** Whether a security token is among them. */
    public static boolean hasToken(List<QueryParameter> parameters) {
        for (QueryParameter parameter : parameters) {
            if (RedactingSink.PRINTABLE.hides(parameter.name())) {
                return true;
            }
        }
        return false;
    }

    private static void append(
            QueryParameters query, StringBuilder text, RedactingSink echo, Empty empty, Comparator<Encoded> order) {
        boolean first = true;
        for (Encoded encoded : sorted(query, order)) {
            if (!first) {
                text.append('&');
            }
            first = false;
            append(encoded, text, echo, empty);
        }
    }

    private static List<Encoded> sorted(QueryParameters query, Comparator<Encoded> order) {
        List<Encoded> sorted = new ArrayList<>(query.list().size());
        for (QueryParameter parameter : query.list()) {
            if (!parameter.name().equals("x-oss-signature")) {
                sorted.add(new Encoded(PercentEncoding.encode(parameter.name()), parameter));
            }
        }
        if (sorted.size() > 1) {
            sorted.sort(order);
        }
        return sorted;
    }

    private static void append(Encoded encoded, StringBuilder text, RedactingSink echo, Empty empty) {
        text.append(encoded.name());
        String name = encoded.parameter().name();
        String value = encoded.parameter().value();
        if (!value.isEmpty() || empty.assigns(encoded.parameter())) {
            text.append('=');
        }
        if (echo.hides(name)) {
            text.append(echo.of(name, value));
        } else {
            PercentEncoding.encode(value, text);
        }
    }

    /**
     * The order of JavaScript's {@code localeCompare} over ASCII, in which ali-oss sorts V4's parameters (protocol.md 3, quirks): letters first without regard to case, small before capital among equals,
     * punctuation as the Unicode Collation Algorithm's root has it. Every parameter is signed in either order, so a second order takes nothing away from the signature.
     */
    static final class LocaleOrder {
        private static final String ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

        private LocaleOrder() {}

        /** Whether the names are ASCII and one of them has what the two orders treat differently: a cheap question, asked first. */
        static boolean mayDiffer(QueryParameters query) {
            boolean differs = false;
            for (QueryParameter parameter : query.list()) {
                for (int i = 0; i < parameter.name().length(); i++) {
                    char c = parameter.name().charAt(i);
                    if (c < ' ' || c >= 0x7F) {
                        return false;
                    }
                    differs |= !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
                }
            }
            return differs;
        }

        /** Compares two texts of printable ASCII. */
        static int compare(String a, String b) {
            int common = Math.min(a.length(), b.length());
            for (int i = 0; i < common; i++) {
                int difference = weight(a.charAt(i)) - weight(b.charAt(i));
                if (difference != 0) {
                    return difference;
                }
            }
            // Of two that differ in case alone, the one whose first difference is small comes first: the reverse of
            // ASCII.
            return a.length() == b.length() ? b.compareTo(a) : a.length() - b.length();
        }

        private static int weight(char c) {
            return ORDER.indexOf(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
    }
}
