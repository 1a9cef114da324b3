package io.countersign.http.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request and brings the whole answer, within bounds of time and size. It follows no redirects. */
public final class BoundedExchange {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private BoundedExchange() {}

    /** Created by the first request, because most functions send none and a client slows their start. */
    private static final class Client {
        static final HttpClient SHARED = HttpClient.newBuilder()
                .followRedirects(Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** Makes the request, and refuses an address that must not be asked. */
    @FunctionalInterface
    public interface Preparation {
        /** @throws IOException when the address is not allowed, or its name does not resolve */
        HttpRequest request() throws IOException;
    }

    /**
     * Sends a request.
     *
     * @param preparation runs within the time, because it may resolve a name
     * @param maxBytes the largest body of an answer
     * @param timeout for the whole exchange, including the preparation and the body of the answer
     * @throws IOException when the address is refused, no complete answer arrives in time, or it is too large
     */
    public static HttpResponse<byte[]> send(Preparation preparation, int maxBytes, Duration timeout)
            throws IOException {
        FutureTask<HttpResponse<byte[]>> task = new FutureTask<>(() ->
                Client.SHARED.send(preparation.request(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes)));
        Thread.ofVirtual().name("exchange").start(task);
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer came within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("waiting for the answer was interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer came", e.getCause());
        } finally {
            task.cancel(true);
        }
    }
}
