package io.countersign.gateway.explain.transcript;

import io.countersign.oss.Headers;
import io.countersign.signing.base.SigningTime;
import io.countersign.verify.decide.SubmittedForm;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request as it was sent, and its answer.
 *
 * @param url an absolute URL, or the request's target with a Host header
 * @param secure whether the request was sent over TLS, if known
 * @param form the form of a POST upload
 * @param body a URL-encoded form, as STS's clients send it
 */
public record Exchange(
        String method,
        String url,
        Headers headers,
        Optional<Boolean> secure,
        Optional<SubmittedForm> form,
        Optional<String> body,
        Optional<Answer> answer)
        implements Transcript.Pasted {
    /** A request without an answer. */
    public static Exchange of(String method, String url, Headers headers) {
        return new Exchange(
                method, url, headers, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The answer of a server.
     *
     * @param status the HTTP status; absent where only the error is known
     * @param body the body, or the text of a client that reports the error
     */
    public record Answer(OptionalInt status, Headers headers, String body) implements Transcript.Pasted {
        private static final int FAILED = 400;
        /** OSS's status for an upload whose callback failed (help.aliyun.com, Callback). */
        private static final int CALLBACK_FAILED = 203;

        /** An error that a text reports, without status and headers. */
        static Answer ofText(String text) {
            return new Answer(OptionalInt.empty(), Headers.NONE, text);
        }

        /** The moment of the answer, by the server's clock. */
        public Optional<Instant> date() {
            return headers.first("date").map(String::strip).flatMap(SigningTime::parse);
        }

        /** The error document in the body or in the header of an answer to HEAD, or else what a client's text reports of it. */
        public Optional<ErrorBody> error() {
            return ErrorBody.of(this);
        }

        /** Whether the server refused the request; an error document in the body of a success is the object's content. */
        public boolean failed() {
            return status.orElse(0) >= FAILED
                    || (status.isEmpty() || status.getAsInt() == CALLBACK_FAILED) && error().isPresent();
        }
    }

    /** The text contains no failing request. The message names what is missing and what to give instead. It repeats nothing of the text. */
    public static final class InvalidTranscript extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidTranscript(String sentence) {
            super(sentence);
        }
    }
}
