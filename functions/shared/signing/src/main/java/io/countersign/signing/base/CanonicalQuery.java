package io.countersign.signing.base;

import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The canonical query of V2, V4 and ACS3: every parameter except the signature, encoded and sorted by the encoded name; an empty value is written as {@code k} (docs/protocol.md 2, 3). */
public final class CanonicalQuery {
    /** The form of a parameter with an empty value. */
    private enum Empty {
        BARE,
        AS_SENT,
        ASSIGNED;

        boolean assigns(QueryParameter parameter) {
            return this == ASSIGNED || this == AS_SENT && parameter.assigned();
        }
    }

    private static final Comparator<QueryParameter> BY_NAME =
            (a, b) -> PercentEncoding.compareEncoded(a.name(), b.name());
    private static final Comparator<QueryParameter> BY_LOCALE = (a, b) -> LocaleOrder.compare(a.name(), b.name());

    private CanonicalQuery() {}

    /** Appends the query; duplicates keep their order. */
    public static void append(QueryParameters query, StringBuilder text, RedactingSink sink) {
        append(query, text, sink, Empty.BARE, BY_NAME);
    }

    /**
     * Appends the query in the variants of ali-oss.
     *
     * @param byLocale whether to sort by {@link LocaleOrder} instead of bytes
     * @param emptyAssigned whether to write {@code k=} if the request does
     */
    public static void append(
            QueryParameters query, StringBuilder text, RedactingSink sink, boolean byLocale, boolean emptyAssigned) {
        append(query, text, sink, emptyAssigned ? Empty.AS_SENT : Empty.BARE, byLocale ? BY_LOCALE : BY_NAME);
    }

    /** Whether the request has an empty value as {@code k=}, which may be signed in that form. */
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

    /** Appends the query in the form of ACS3, {@code k=} for an empty value (docs/protocol.md 6). */
    public static void appendAssigned(QueryParameters query, StringBuilder text, RedactingSink sink) {
        append(query, text, sink, Empty.ASSIGNED, BY_NAME);
    }

    /** Whether a parameter is a security token. */
    public static boolean hasToken(List<QueryParameter> parameters) {
        for (QueryParameter parameter : parameters) {
            if (RedactingSink.PRINTABLE.hides(parameter.name())) {
                return true;
            }
        }
        return false;
    }

    private static void append(
            QueryParameters query,
            StringBuilder text,
            RedactingSink sink,
            Empty empty,
            Comparator<QueryParameter> order) {
        List<QueryParameter> sorted = sorted(query, order);
        for (int i = 0; i < sorted.size(); i++) {
            if (i > 0) {
                text.append('&');
            }
            append(sorted.get(i), text, sink, empty);
        }
    }

    private static List<QueryParameter> sorted(QueryParameters query, Comparator<QueryParameter> order) {
        List<QueryParameter> sorted = new ArrayList<>(query.list().size());
        for (QueryParameter parameter : query.list()) {
            if (!parameter.name().equals("x-oss-signature")) {
                sorted.add(parameter);
            }
        }
        if (sorted.size() > 1) {
            sorted.sort(order);
        }
        return sorted;
    }

    private static void append(QueryParameter parameter, StringBuilder text, RedactingSink sink, Empty empty) {
        String name = parameter.name();
        String value = parameter.value();
        PercentEncoding.encode(name, text);
        if (!value.isEmpty() || empty.assigns(parameter)) {
            text.append('=');
        }
        if (sink.hides(name)) {
            text.append(sink.of(name, value));
        } else {
            PercentEncoding.encode(value, text);
        }
    }

    /**
     * The order of JavaScript's {@code localeCompare} for ASCII, in which ali-oss sorts the parameters of V4 (docs/protocol.md 3, quirks): letters without regard to case, lower case before upper case among
     * equals, and punctuation as in the root of the Unicode Collation Algorithm. The signature covers every parameter in both orders, so accepting both does not weaken it.
     */
    static final class LocaleOrder {
        private static final String ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

        private LocaleOrder() {}

        /** A cheap first check: whether the names are ASCII and one of them contains a character that the two orders sort differently. */
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
            // Of two that differ in case only, lower case comes first: the reverse of ASCII.
            return a.length() == b.length() ? b.compareTo(a) : a.length() - b.length();
        }

        private static int weight(char c) {
            return ORDER.indexOf(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
    }
}
