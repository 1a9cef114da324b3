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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The guarded storage that the end-to-end tests use: its gateway is the packaged program, and an app's pages call it. */
final class AppStorage extends GuardedStorage<PackagedGateway> {
    final AppPages app;
    private final HttpClient http = HttpClient.newHttpClient();

    private AppStorage(AppPages app) throws Exception {
        super(
                InstantSource.system(),
                app.origin(),
                (manifest, data) -> PackagedGateway.serve(
                        List.of("-Dcountersign.cors.allowed-origins=" + app.origin()),
                        "serve",
                        "--manifest",
                        manifest.toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        "0"));
        this.app = app;
    }

    static AppStorage start() throws Exception {
        AppPages app = AppPages.start();
        try {
            return new AppStorage(app);
        } catch (Exception e) {
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

    /** Calls {@code /presign} as one of the app's users. */
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

    /** Returns the decision of {@code /verify} on a GET of this URL at another time. */
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
        super.close();
        app.close();
    }
}
