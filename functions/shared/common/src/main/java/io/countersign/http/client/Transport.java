package io.countersign.http.client;

import io.countersign.http.Header;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends one request and returns the response. */
@FunctionalInterface
public interface Transport {
    /**
     * @param body in ASCII
     * @param timeout for the whole exchange, including the body of the response
     * @throws IOException when no complete response arrives in time, or it is too large
     */
    Answer post(URI uri, List<Header> headers, String body, Duration timeout) throws IOException;

    /**
     * @param date the header {@code Date}, the clock of the server
     * @param body decoded as UTF-8
     */
    record Answer(int status, Optional<String> date, String body) {
        /** The status without the body, which may contain a secret. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /** Sends over HTTP, follows no redirects, and accepts responses of at most {@value #MAX_BYTES} bytes. */
    final class HttpTransport implements Transport {
        public static final int MAX_BYTES = 64 * 1024;

        @Override
        public Answer post(URI uri, List<Header> headers, String body, Duration timeout) throws IOException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body, StandardCharsets.US_ASCII));
            headers.forEach(header -> request.header(header.name(), header.value()));
            HttpResponse<byte[]> response = BoundedExchange.send(request::build, MAX_BYTES, timeout);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Date"),
                    new String(response.body(), StandardCharsets.UTF_8));
        }
    }
}
