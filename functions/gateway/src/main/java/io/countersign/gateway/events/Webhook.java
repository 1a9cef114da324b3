package io.countersign.gateway.events;

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
 * Posts each event as a CloudEvent 1.0 in structured JSON. Any answer but 2xx within five seconds means that it was not taken; redirects are not followed.
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

    /** @throws IOException when it was not taken, or that is not known */
    void post(OutboxItem.OutgoingEvent event) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(cloudEvent(event)))
                .build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            // The whole answer: a body that trickles is no part of the request's own timeout.
            int status = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status / 100 != 2) {
                throw new IOException("the webhook answered " + status);
            }
        } catch (ExecutionException e) {
            throw new IOException("the webhook does not answer: " + Reasons.of(cause(e)), e);
        } catch (TimeoutException e) {
            throw new IOException("the webhook does not answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the webhook was given up", e);
        } finally {
            answer.cancel(true);
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
            throw new IOException("the event " + event.id() + " in the registry cannot be read", e);
        }
    }
}
