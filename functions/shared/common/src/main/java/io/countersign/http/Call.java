package io.countersign.http;

import java.util.List;
import java.util.Optional;

/**
 * An HTTP request as a function sees it.
 *
 * @param path as it was sent, percent-encoded, without the query
 * @param rawQuery the text after the question mark, percent-encoded
 * @param headers in their order, with duplicates
 * @param peer the address at the other end of the connection, which may be a proxy's
 * @param secure whether that connection uses TLS
 * @param client the client that policies judge
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

    /** A call whose client is the peer. */
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

    /** A copy with another client, for which the peer is a proxy. */
    public Call from(Client other) {
        return new Call(method, path, rawQuery, headers, body, peer, secure, other);
    }

    /** The value of the only header line of that name; empty when there is none, or several. */
    public Optional<String> onlyHeader(String name) {
        return Header.only(headers, name);
    }

    /** The values of all header lines of that name, in order. */
    public List<String> headerValues(String name) {
        return Header.values(headers, name);
    }
}
