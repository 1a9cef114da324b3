package io.countersign.gateway.events;

import io.countersign.http.Reasons;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.rotation.OutboxItem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts events as CloudEvents 1.0 in the structured JSON mode of the CloudEvents HTTP binding. Only a whole response with a 2xx status within five seconds counts
 * as accepted. Redirects are not followed.
 */
final class Webhook implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI target;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Webhook(URI target) {
        this.target = target;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** @throws IOException when the webhook did not accept the event, or may not have accepted it */
    void post(OutboxItem.OutgoingEvent event) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(cloudEvent(event)))
                .build();
        CompletableFuture<HttpResponse<Void>> response =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            // The request's own timeout ends with the response headers; this one includes the body.
            int status = response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status / 100 != 2) {
                throw new IOException("the webhook replied with status " + status);
            }
        } catch (ExecutionException e) {
            throw new IOException("the webhook did not reply: " + Reasons.of(cause(e)), e);
        } catch (TimeoutException e) {
            throw new IOException("the webhook did not reply within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the request to the webhook was interrupted", e);
        } finally {
            response.cancel(true);
        }
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static String cloudEvent(OutboxItem.OutgoingEvent event) throws IOException {
        Value detail = detail(event);
        return JsonText.object(json -> json.put("specversion", "1.0")
                .put("id", event.id())
                .put("source", "countersign")
                .put("type", event.type())
                .put("time", event.time().toString())
                .put("datacontenttype", "application/json")
                .put("data", detail));
    }

    private static Value detail(OutboxItem.OutgoingEvent event) throws IOException {
        try {
            return Values.parse(event.detail());
        } catch (InvalidDocumentException e) {
            throw new IOException("event " + event.id() + " of the outbox is not valid JSON", e);
        }
    }
}
