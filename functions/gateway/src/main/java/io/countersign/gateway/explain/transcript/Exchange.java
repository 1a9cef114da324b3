package io.countersign.gateway.explain.transcript;

import io.countersign.oss.Headers;
import io.countersign.signing.base.SigningTime;
import io.countersign.verify.decide.SubmittedForm;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request as it was sent, and its answer.
 *
 * @param url absolute, or the request's target with a Host among the headers
 * @param secure whether it went over TLS, where that is known
 * @param form of a POST upload
 * @param body of a form in the URL's alphabet, as STS's clients send it
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
    /** A request alone. */
    public static Exchange of(String method, String url, Headers headers) {
        return new Exchange(
                method, url, headers, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What the server answered.
     *
     * @param status absent where a text tells the error alone
     * @param body or the text of a client that tells of the error
     */
    public record Answer(OptionalInt status, Headers headers, String body) implements Transcript.Pasted {
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

    /** A text is no failing request. The message says what is missing and what to give; it repeats nothing of the text. */
    public static final class InvalidTranscript extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidTranscript(String sentence) {
            super(sentence);
        }
    }
}
