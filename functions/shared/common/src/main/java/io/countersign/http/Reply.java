package io.countersign.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An HTTP answer as a function gives it. Content-Length is for the server to add, and Date where there is none. */
public record Reply(int status, List<Header> headers, Bytes body) {
    public Reply {
        headers = List.copyOf(headers);
    }

    /** An answer in JSON. It may hold credentials, so nobody may store it. */
    public static Reply json(int status, String text) {
        return new Reply(
                status,
                List.of(new Header("Content-Type", "application/json"), new Header("Cache-Control", "no-store")),
                Bytes.utf8(text));
    }

    /** An answer in plain text, without a line end of its own. It may hold credentials, so nobody may store it. */
    public static Reply text(int status, String text) {
        return new Reply(
                status,
                List.of(
                        new Header("Content-Type", "text/plain; charset=utf-8"),
                        new Header("Cache-Control", "no-store")),
                Bytes.utf8(text));
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), Bytes.EMPTY);
    }

    /** This answer and one more header. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, more, body);
    }

    /** The value of the first header of that name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(Header::value)
                .findFirst();
    }
}
