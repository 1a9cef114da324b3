package io.countersign.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP request as a function sees it.
 *
 * @param path as it was sent, percent-encoded, without the query
 * @param rawQuery what follows the question mark, percent-encoded
 * @param headers in their order, repeated ones kept
 * @param peer the address of who calls, after configured proxies were looked through
 * @param secure whether the caller came over TLS
 */
public record Call(
        String method,
        String path,
        Optional<String> rawQuery,
        List<Header> headers,
        Bytes body,
        String peer,
        boolean secure) {
    public Call {
        headers = List.copyOf(headers);
    }

    /** The values of all lines of that name, in order. */
    public List<String> headerValues(String name) {
        List<String> values = new ArrayList<>(1);
        for (Header header : headers) {
            if (header.isNamed(name)) {
                values.add(header.value());
            }
        }
        return List.copyOf(values);
    }
}
