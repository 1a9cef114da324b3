package io.countersign.gateway.storage;

import io.countersign.json.JsonText;
import io.countersign.json.Values;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the gateway's {@code /verify} about every request, as a storage behind Countersign does. */
final class VerifyClient implements Judge {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI verify;

    VerifyClient(URI verify) {
        this.verify = verify;
    }

    @Override
    public Verdict ask(Exchange exchange, List<String> deleteKeys, Optional<FormUpload> form) throws Exception {
        return ask(JsonText.object(json -> {
            json.put("method", exchange.method())
                    .put("url", exchange.target())
                    .put("sourceIp", exchange.peer())
                    .put("secureTransport", false);
            json.object("headers", headers -> exchange.headers().forEach(headers::put));
            if (!deleteKeys.isEmpty()) {
                json.put("deleteKeys", deleteKeys);
            }
            form.ifPresent(upload -> json.object("form", sent -> write(upload, sent)));
        }));
    }

    @Override
    public Verdict askForPages(Exchange exchange) throws Exception {
        return ask(JsonText.object(json -> json.put("method", "OPTIONS")
                .put("url", exchange.target())
                .object(
                        "headers",
                        headers -> headers.put("host", exchange.header("Host"))
                                .put("origin", exchange.header("Origin"))
                                .put("access-control-request-method", exchange.method()))));
    }

    private static void write(FormUpload form, JsonText.ObjectWriter json) {
        json.array(
                        "fields",
                        fields -> form.fields()
                                .forEach(field -> fields.array(pair -> {
                                    pair.add(field.name());
                                    pair.add(field.value());
                                })))
                .put("fileLength", form.file().length);
    }

    private Verdict ask(String question) throws Exception {
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
