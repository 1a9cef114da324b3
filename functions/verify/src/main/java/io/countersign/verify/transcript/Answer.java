package io.countersign.verify.transcript;

import io.countersign.oss.Headers;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.Optional;

/** What the server answered. */
public record Answer(int status, Headers headers, String body) {
    /** When the server answered, by its own clock. */
    public Optional<Instant> date() {
        return headers.first("date").map(String::strip).flatMap(SigningTime::parse);
    }

    /** The error document in the body, or in the header that answers to HEAD carry. */
    public Optional<ErrorBody> error() {
        return ErrorBody.of(this);
    }
}
