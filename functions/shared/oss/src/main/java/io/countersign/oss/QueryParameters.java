package io.countersign.oss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a query string in their order, with repeated ones. Names are case-sensitive, as in OSS. */
public record QueryParameters(List<QueryParameter> list) {
    public static final QueryParameters NONE = new QueryParameters(List.of());

    public QueryParameters {
        list = List.copyOf(list);
    }

    /**
     * Parses the text after the {@code ?}: {@code &} separates, {@code +} is a space, {@code %XX} are UTF-8 bytes
     * (docs/protocol.md 1.4). Empty pieces are skipped.
     *
     * @param where the origin of the text
     * @throws OssRefusal InvalidArgument when an escape is broken or the bytes are not UTF-8
     */
    public static QueryParameters parse(String raw, EncodedText where) throws OssRefusal {
        return parse(raw, 0, where);
    }

    /** As {@link #parse(String, EncodedText)}, for the text from an index on. */
    static QueryParameters parse(String raw, int from, EncodedText where) throws OssRefusal {
        if (from == raw.length()) {
            return NONE;
        }
        QueryParameter[] parameters = new QueryParameter[pieces(raw, from)];
        int count = 0;
        int start = from;
        while (start <= raw.length()) {
            int end = raw.indexOf('&', start);
            if (end < 0) {
                end = raw.length();
            }
            if (end > start) {
                parameters[count++] = parameter(raw, start, end, where);
            }
            start = end + 1;
        }
        return new QueryParameters(List.of(parameters));
    }

    /** Counts the pieces that are not empty. */
    private static int pieces(String raw, int from) {
        int pieces = 0;
        for (int i = from; i < raw.length(); i++) {
            boolean first = i == from || raw.charAt(i - 1) == '&';
            if (first && raw.charAt(i) != '&') {
                pieces++;
            }
        }
        return pieces;
    }

    private static QueryParameter parameter(String raw, int start, int end, EncodedText where) throws OssRefusal {
        int equals = raw.indexOf('=', start, end);
        if (equals < 0) {
            return QueryParameter.bare(name(raw, start, end, where));
        }
        return QueryParameter.of(name(raw, start, equals, where), PercentEncoding.decode(raw, equals + 1, end, where));
    }

    private static String name(String raw, int start, int end, EncodedText where) throws OssRefusal {
        return PercentEncoding.isPlain(raw, start, end)
                ? Parameters.name(raw, start, end)
                : PercentEncoding.decode(raw, start, end, where);
    }

    public boolean has(String name) {
        return indexOf(name, 0) >= 0;
    }

    /** Returns the first value of that name. */
    public Optional<String> first(String name) {
        int first = indexOf(name, 0);
        return first < 0 ? Optional.empty() : Optional.of(list.get(first).value());
    }

    private int indexOf(String name, int from) {
        for (int i = from; i < list.size(); i++) {
            if (list.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns all values of that name, in order. */
    public List<String> all(String name) {
        int first = indexOf(name, 0);
        if (first < 0) {
            return List.of();
        }
        if (indexOf(name, first + 1) < 0) {
            return List.of(list.get(first).value());
        }
        List<String> values = new ArrayList<>();
        for (QueryParameter parameter : list) {
            if (parameter.name().equals(name)) {
                values.add(parameter.value());
            }
        }
        return List.copyOf(values);
    }

    /** Returns these parameters with one more at the end. */
    public QueryParameters and(QueryParameter parameter) {
        List<QueryParameter> more = new ArrayList<>(list.size() + 1);
        more.addAll(list);
        more.add(parameter);
        return new QueryParameters(more);
    }

    public QueryParameters and(String name, String value) {
        return and(QueryParameter.of(name, value));
    }

    /** Returns these parameters without those of that name. */
    public QueryParameters without(String name) {
        return new QueryParameters(list.stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    /** Returns the query string without a {@code ?}, with everything but RFC 3986 unreserved characters encoded. */
    public String encoded() {
        StringBuilder text = new StringBuilder();
        for (QueryParameter parameter : list) {
            if (!text.isEmpty()) {
                text.append('&');
            }
            PercentEncoding.encode(parameter.name(), text);
            if (parameter.assigned()) {
                text.append('=');
                PercentEncoding.encode(parameter.value(), text);
            }
        }
        return text.toString();
    }
}
