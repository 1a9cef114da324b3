package io.countersign.gateway.storage;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A storage, the gateway that guards it, and an app's login: what the end-to-end tests live in. */
final class World implements AutoCloseable {

    final StorageServer storage;
    final PackagedGateway gateway;
    final Tokens tokens;
    final AppPages app;
    private final Path directory;
    private final HttpClient http = HttpClient.newHttpClient();

    private World(StorageServer storage, PackagedGateway gateway, Tokens tokens, AppPages app, Path directory) {
        this.storage = storage;
        this.gateway = gateway;
        this.tokens = tokens;
        this.app = app;
        this.directory = directory;
    }

    static World start() throws Exception {
        Path directory = Files.createTempDirectory("countersign-world");
        Tokens tokens = new Tokens();
        AppPages app = AppPages.start();
        StorageServer storage = StorageServer.start(WorldManifest.BUCKETS);
        try {
            String manifest = WorldManifest.of(storage.endpoint(), tokens.jwks(), app.origin());
            PackagedGateway gateway = PackagedGateway.serve(
                    List.of("-Dcountersign.cors.allowed-origins=" + app.origin()),
                    "serve",
                    "--manifest",
                    Files.writeString(directory.resolve("manifest.yaml"), manifest)
                            .toString(),
                    "--data",
                    directory.resolve("data").toString(),
                    "--port",
                    "0");
            storage.askAt(URI.create(gateway.url() + "/verify"));
            return new World(storage, gateway, tokens, app, directory);
        } catch (Exception e) {
            storage.close();
            app.close();
            throw e;
        }
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    /** Asks {@code /presign} as one of the app's users. */
    Presigned presign(String subject, Map<String, String> wanted) throws Exception {
        HttpResponse<String> answer = postJson(
                "/presign",
                JsonText.object(json -> wanted.forEach(json::put)),
                "Authorization",
                "Bearer " + tokens.of(subject));
        return Presigned.read(answer);
    }

    HttpResponse<String> postJson(String path, String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** How {@code /verify} judges a GET of this URL at another moment. */
    Verdict judgeAt(String url, Instant at) throws IOException, InterruptedException, InvalidDocumentException {
        HttpResponse<String> answer = postJson(
                "/verify",
                JsonText.object(json -> json.put("method", "GET")
                        .put("url", url)
                        .put("sourceIp", "127.0.0.1")
                        .put("at", at.toString())));
        return Verdict.read(Values.parse(answer.body()));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        storage.close();
        app.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
