package io.countersign.verify.transcript;

import io.countersign.oss.Headers;
import io.countersign.verify.SubmittedForm;
import java.util.Optional;

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
        implements Pasted {
    /** A request alone. */
    public static Exchange of(String method, String url, Headers headers) {
        return new Exchange(
                method, url, headers, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
