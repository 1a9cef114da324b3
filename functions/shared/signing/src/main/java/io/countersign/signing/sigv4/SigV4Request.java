package io.countersign.signing.sigv4;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A request of which everything is signed: a store refuses it when a line, a parameter or the path was changed.
 *
 * @param path as the request line has it, encoded once by {@link PercentEncoding#encodePath}; S3 does not normalise it
 * @param query as the request line has it once {@link QueryParameters#encoded() encoded}
 * @param headers all headers to send, {@code host} among them, each name once. Those that the connection adds
 *     ({@code content-length}, {@code transfer-encoding}) are not signed and not among them.
 * @param payload what signs the body
 */
public record SigV4Request(
        HttpMethod method, String path, QueryParameters query, Headers headers, SigV4Payload payload) {
    /**
     * @throws IllegalArgumentException when the path is not encoded, there is no host, a header or parameter is
     *     repeated, or a header has a character that is not printable ASCII: stores disagree on the bytes of the
     *     others. The message repeats no value.
     */
    public SigV4Request {
        if (!path.startsWith("/") || !isEncoded(path)) {
            throw new IllegalArgumentException("the path of a request to sign is encoded and begins with a slash");
        }
        if (!headers.has("host")) {
            throw new IllegalArgumentException("a request to sign has a host");
        }
        Set<String> names = new HashSet<>();
        for (Headers.HeaderField field : headers.fields()) {
            if (!names.add(field.name()) || !isPrintable(field.value())) {
                throw new IllegalArgumentException(
                        "a header of a request to sign is repeated, or not printable ASCII: " + field.name());
            }
        }
        Set<String> parameters = new HashSet<>();
        for (QueryParameter parameter : query.list()) {
            if (!parameters.add(parameter.name())) {
                throw new IllegalArgumentException("a parameter of a request to sign is repeated");
            }
        }
    }

    /** The names of the headers in their order, separated by semicolons. */
    String signedHeaders() {
        return String.join(";", sorted().stream().map(Headers.HeaderField::name).toList());
    }

    /** The canonical request: method, path, query, headers, their names, payload. */
    String canonical() {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n').append(path).append('\n');
        text.append(canonicalQuery()).append('\n');
        for (Headers.HeaderField field : sorted()) {
            text.append(field.name()).append(':');
            appendCollapsed(field.value(), text);
            text.append('\n');
        }
        return text.append('\n')
                .append(signedHeaders())
                .append('\n')
                .append(payload.text())
                .toString();
    }

    private List<Headers.HeaderField> sorted() {
        List<Headers.HeaderField> sorted = new ArrayList<>(headers.fields());
        sorted.sort(Comparator.comparing(Headers.HeaderField::name));
        return sorted;
    }

    /** Sorted by the encoded name; an equals sign also follows a name without a value. */
    private String canonicalQuery() {
        List<String> pairs = new ArrayList<>(query.list().size());
        for (QueryParameter parameter : query.list()) {
            pairs.add(PercentEncoding.encode(parameter.name()) + '=' + PercentEncoding.encode(parameter.value()));
        }
        pairs.sort(Comparator.comparing(pair -> pair.substring(0, pair.indexOf('='))));
        return String.join("&", pairs);
    }

    /** Spaces around the value are dropped, and those within it become one. */
    private static void appendCollapsed(String value, StringBuilder text) {
        int start = text.length();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != ' ' || text.length() > start && text.charAt(text.length() - 1) != ' ') {
                text.append(c);
            }
        }
        if (text.length() > start && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }

    private static boolean isEncoded(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean escape = c == '%'
                    && i + 2 < path.length()
                    && isUpperHex(path.charAt(i + 1))
                    && isUpperHex(path.charAt(i + 2));
            if (!escape && c != '/' && !PercentEncoding.isUnreserved(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpperHex(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
    }

    private static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
