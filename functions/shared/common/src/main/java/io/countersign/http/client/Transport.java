package io.countersign.http.client;

import io.countersign.http.Header;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

        /** Created by the first request, because most functions send none and a client slows their start. */
        private static final class Client {
            static final HttpClient SHARED = HttpClient.newBuilder()
                    .followRedirects(Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
        }

        @Override
        public Answer post(URI uri, List<Header> headers, String body, Duration timeout) throws IOException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body, StandardCharsets.US_ASCII));
            headers.forEach(header -> request.header(header.name(), header.value()));
            CompletableFuture<HttpResponse<byte[]>> answer = Client.SHARED.sendAsync(
                    request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
            try {
                HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                return new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Date"),
                        new String(response.body(), StandardCharsets.UTF_8));
            } catch (TimeoutException e) {
                throw new IOException("no answer came within " + timeout.toMillis() + " ms", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("waiting for the answer was interrupted", e);
            } catch (ExecutionException e) {
                throw new IOException("no answer came", e.getCause());
            } finally {
                answer.cancel(true);
            }
        }
    }
}
