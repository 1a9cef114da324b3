package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A URL that {@code /presign} makes good once, at {@code /verify} and {@code /auth}, whose answers come from the event loop while all records are cached. */
class OnceUrlTest {
    private static final int CLIENTS = 64;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SERVED_HERE = ", endpoint: \"https://files.example.com\", domains: [files.example.com],"
            + " cors: [{allowedOrigins: [\"https://app.example.com\"], allowedMethods: [GET], allowedHeaders: [\"*\"]}]";

    @TempDir
    private static Path directory;

    private static PhotoApp app;

    private static PhotoApp.Choices choices(String name) throws IOException {
        return PhotoApp.in(Files.createDirectory(directory.resolve(name))).bucket(SERVED_HERE);
    }

    @BeforeAll
    static void start() throws Exception {
        app = choices("app")
                .anotherBucket("name: photos-far, region: cn-hangzhou, signer: app")
                .serve();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void passesOnceAtEachFaceAndAtBothTogether() throws Exception {
        // The records are cached from here on, so that every attempt begins on an event loop.
        assertThat(forwarded(url("GET"), "GET")).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            String asked = url("GET");
            assertThat(forwarded(asked, "GET")).isEqualTo(200);
            assertThat(forwarded(asked, "GET")).isEqualTo(403);
            assertThat(verified(asked, "")).contains("\"allowed\":false", "AccessDenied", "good for one request");
            String verified = url("GET");
            assertThat(verified(verified, "")).contains("\"allowed\":true");
            assertThat(verified(verified, "")).contains("\"allowed\":false");
            assertThat(forwarded(verified, "GET")).isEqualTo(403);
        }
    }

    @Test
    void aWritePassesOnce() throws Exception {
        String put = url("PUT");
        assertThat(forwarded(put, "PUT")).isEqualTo(200);
        assertThat(forwarded(put, "PUT")).isEqualTo(403);
    }

    @Test
    void ofManyAtTheSameMomentOnePasses() throws Exception {
        String asked = url("GET");
        assertThat(together(() -> forwarded(asked, "GET") == 200)).isEqualTo(1);
        String verified = url("GET");
        assertThat(together(() -> verified(verified, "").contains("\"allowed\":true")))
                .isEqualTo(1);
    }

    @Test
    void whatDecidesOnNothingUsesNothingUp() throws Exception {
        String url = url("GET");
        for (int i = 0; i < 2; i++) {
            assertThat(verified(url, ",\"explain\":true")).contains("\"allowed\":true");
            assertThat(verified(url, ",\"at\":\"" + InstantSource.system().instant() + "\""))
                    .contains("\"allowed\":true");
            assertThat(forwarded(url, "DELETE")).isEqualTo(403);
            assertThat(explained(url)).isEqualTo(200);
            assertThat(preflight(url)).isEqualTo(200);
        }
        assertThat(forwarded(url, "GET")).isEqualTo(200);
        assertThat(verified(url, ",\"explain\":true"))
                .contains(
                        "\"allowed\":false",
                        "good for one request",
                        "\"code\":\"UrlUsed\"",
                        "Get another URL for each request");
        assertThat(verified(url("GET"), ",\"explain\":true")).doesNotContain("\"cause\"", "UrlUsed");
    }

    @Test
    void eachUrlOfABatchIsGoodOnce() throws Exception {
        String body = JsonText.object(json -> json.array("requests", all -> {
            for (String key : List.of("ann/a.jpg", "ann/b.jpg")) {
                all.object(one -> one.put("bucket", "photos").put("key", key).put("once", true));
            }
            all.object(one ->
                    one.put("bucket", "photos-far").put("key", "ann/c.jpg").put("once", true));
        }));
        List<Value> results = Members.array(presigned(body).required("results"));
        for (Value result : results.subList(0, 2)) {
            String url = Members.of(result).string("url");
            assertThat(forwarded(url, "GET")).isEqualTo(200);
            assertThat(forwarded(url, "GET")).isEqualTo(403);
        }
        Members refused = Members.of(Members.of(results.get(2)).required("error"));
        assertThat(refused.string("message")).contains("Alibaba Cloud OSS", "upstream");
    }

    @Test
    void aServerThatOnlyReadsLetsNoneOfThemPass() throws Exception {
        PhotoApp before = app;
        PhotoApp writing = choices("read").serve();
        writing.close();
        try (PhotoApp reading = writing.reading()) {
            app = reading;
            String url = url("GET");
            HttpResponse<String> asked = HTTP.send(auth(url, "GET").build(), BodyHandlers.ofString());
            assertThat(asked.statusCode()).isEqualTo(503);
            assertThat(asked.headers().firstValue("X-Countersign-Status")).contains("503");
            assertThat(asked.body()).contains("only reads its registry");
            assertThat(verified(url, ",\"explain\":true")).contains("\"allowed\":true");
            HttpResponse<String> verified = HTTP.send(verify(url, ""), BodyHandlers.ofString());
            assertThat(verified.statusCode()).isEqualTo(503);
            assertThat(verified.body()).contains("RegistryReadOnly");
        } finally {
            app = before;
        }
    }

    private static int together(Callable<Boolean> request) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Boolean>> passes = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> threads.submit(() -> {
                        start.await();
                        return request.call();
                    }))
                    .toList();
            List<Boolean> passed = new ArrayList<>();
            for (Future<Boolean> pass : passes) {
                passed.add(pass.get());
            }
            return (int) passed.stream().filter(Boolean::booleanValue).count();
        }
    }

    private static String url(String method) throws Exception {
        String url = presigned(JsonText.object(json -> json.put("bucket", "photos")
                        .put("key", "ann/a.jpg")
                        .put("method", method)
                        .put("once", true)))
                .string("url");
        assertThat(url).containsPattern("[?&]x-oss-countersign-once=[0-9a-f]{32}&");
        return url;
    }

    private static Members presigned(String body) throws Exception {
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(app.url() + "/presign"))
                        .header("Authorization", "Bearer " + app.login("ann"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
        return Members.of(Values.parse(answer.body()));
    }

    private static String verified(String url, String more) throws Exception {
        String answer = HTTP.send(verify(url, more), BodyHandlers.ofString()).body();
        assertThat(answer).contains("\"allowed\":");
        return answer;
    }

    private static HttpRequest verify(String url, String more) {
        return HttpRequest.newBuilder(URI.create(app.url() + "/verify"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"method\":\"GET\",\"url\":\"" + url + "\"" + more + "}"))
                .build();
    }

    private static int forwarded(String url, String method) throws Exception {
        return HTTP.send(auth(url, method).build(), BodyHandlers.discarding()).statusCode();
    }

    private static int preflight(String url) throws Exception {
        return HTTP.send(
                        auth(url, "OPTIONS")
                                .header("Origin", "https://app.example.com")
                                .header("Access-Control-Request-Method", "GET")
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder auth(String url, String method) {
        URI asked = URI.create(url);
        return HttpRequest.newBuilder(URI.create(app.url() + "/auth"))
                .header("X-Original-Method", method)
                .header("X-Original-Host", asked.getHost())
                .header("X-Original-URI", asked.getRawPath() + "?" + asked.getRawQuery());
    }

    /** The console's question. */
    private static int explained(String url) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(app.url() + "/console/explain"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        JsonText.object(json -> json.put("text", "GET " + url))))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
