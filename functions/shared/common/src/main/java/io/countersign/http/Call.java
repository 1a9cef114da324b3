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
 * @param peer the address at the other end of the connection, which may be a proxy's
 * @param secure whether that connection is over TLS
 * @param client who calls in the end, whom policies ask about
 */
public record Call(
        String method,
        String path,
        Optional<String> rawQuery,
        List<Header> headers,
        Bytes body,
        String peer,
        boolean secure,
        Client client) {
    public Call {
        headers = List.copyOf(headers);
    }

    /** One that the peer itself makes. */
    public Call(
            String method,
            String path,
            Optional<String> rawQuery,
            List<Header> headers,
            Bytes body,
            String peer,
            boolean secure) {
        this(method, path, rawQuery, headers, body, peer, secure, Client.direct(peer, secure));
    }

    /** The same, made by another client through the peer. */
    public Call from(Client other) {
        return new Call(method, path, rawQuery, headers, body, peer, secure, other);
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
