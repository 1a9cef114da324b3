package io.countersign.gateway.storage;

import io.countersign.json.JsonText;
import io.countersign.json.Values;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks the gateway's {@code /verify} about every request, as a storage in front of which Countersign stands would. */
final class VerifyClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI verify;

    VerifyClient(URI verify) {
        this.verify = verify;
    }

    /** @param deleteKeys what the body of a multi-delete names; none for other requests */
    Verdict ask(Exchange exchange, List<String> deleteKeys) throws Exception {
        String question = JsonText.object(json -> {
            json.put("method", exchange.method())
                    .put("url", exchange.target())
                    .put("sourceIp", exchange.peer())
                    .put("secureTransport", false);
            json.object("headers", headers -> exchange.headers().forEach(headers::put));
            if (!deleteKeys.isEmpty()) {
                json.put("deleteKeys", deleteKeys);
            }
        });
        HttpRequest request = HttpRequest.newBuilder(verify)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "verify answered " + answer.statusCode() + ": " + new String(answer.body()));
        }
        return Verdict.read(Values.parse(answer.body()));
    }
}
