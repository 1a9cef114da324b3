package io.countersign.verify.transcript;

import io.countersign.oss.Headers;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the server answered.
 *
 * @param status absent where a text tells the error alone
 * @param body or the text of a client that tells of the error
 */
public record Answer(OptionalInt status, Headers headers, String body) implements Pasted {
    private static final int FAILED = 400;
    /** OSS's status for an upload whose callback failed (help.aliyun.com, Callback). */
    private static final int CALLBACK_FAILED = 203;

    /** An error in some words, without its status and headers. */
    static Answer ofText(String text) {
        return new Answer(OptionalInt.empty(), Headers.NONE, text);
    }

    /** When the server answered, by its own clock. */
    public Optional<Instant> date() {
        return headers.first("date").map(String::strip).flatMap(SigningTime::parse);
    }

    /** The error document in the body, or in the header that answers to HEAD carry; else what a client's text tells of it. */
    public Optional<ErrorBody> error() {
        return ErrorBody.of(this);
    }

    /** Whether the server refused; an error document in the body of a success is the object's own. */
    public boolean failed() {
        return status.orElse(0) >= FAILED
                || (status.isEmpty() || status.getAsInt() == CALLBACK_FAILED) && error().isPresent();
    }
}
