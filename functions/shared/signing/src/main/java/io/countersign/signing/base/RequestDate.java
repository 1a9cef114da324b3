package io.countersign.signing.base;

import io.countersign.oss.Headers;
import java.util.Optional;

/** The date that a request in header form is signed with: x-oss-date when it is there, else Date (protocol.md 1.1, 3). */
public final class RequestDate {
    private RequestDate() {}

    /** As it was sent, trimmed. */
    public static Optional<String> of(Headers headers) {
        Optional<String> own =
                headers.first("x-oss-date").map(HeaderLines::trim).filter(date -> !date.isEmpty());
        return own.isPresent() ? own : headers.first("date").map(HeaderLines::trim);
    }
}
