package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /callbacks/oss} at a server that has it: open to everyone, and it takes nothing that it has not sealed. No call of this test reads a key. */
class CallbackFaceTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String KEY_URL = "https://gosspublic.alicdn.com/callback_pub_key_v1.pem";
    private static final String FORM =
            "bucket=examplebucket&object=a.png&etag=D8E8FCA2DC0F896FD7CB4CB0031BA249&size=5&mimeType=image%2Fpng&token=";

    @TempDir
    private Path directory;

    private final ProcessSettings settings = new ProcessSettings();
    private LiveGateway gateway;
    private Path log;

    @BeforeEach
    void serve() throws Exception {
        log = directory.resolve("decisions.log");
        settings.set("countersign.callbacks.url", "https://app.example.com/callbacks/oss");
        settings.set("countersign.decisions.file", log.toString());
        gateway = new LiveGateway(
                Files.writeString(
                        directory.resolve("manifest.json"), "{\"accounts\": [{\"id\": \"1234567890123456\"}]}"),
                directory.resolve("data"),
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        gateway.close();
        settings.close();
    }

    private HttpRequest.Builder call(String body) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + "/callbacks/oss"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("authorization", "AAAA")
                .header(
                        "x-oss-pub-key-url",
                        Base64.getEncoder().encodeToString(KEY_URL.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body));
    }

    private static void isRefused(HttpRequest.Builder call, int status, String code) throws Exception {
        HttpResponse<String> answer = HTTP.send(call.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void refusesAndLogsWhatItHasNotSealed() throws Exception {
        isRefused(call(FORM + "a.b.c.d.e"), 403, "CallbackTokenInvalid");
        isRefused(call(FORM + new Tokens().of("ann")), 403, "CallbackTokenInvalid");
        isRefused(call("bucket=examplebucket"), 400, "InvalidCallback");
        isRefused(call(FORM).setHeader("x-oss-pub-key-url", "AAAA"), 400, "InvalidCallback");
        isRefused(call(FORM).setHeader("Content-Type", "application/json"), 415, "UnsupportedMediaType");
        isRefused(call(FORM + "a".repeat(70_000)), 413, "BodyTooLarge");
        isRefused(call(FORM).GET(), 405, "MethodNotAllowed");

        for (int i = 0; i < 500 && Files.readAllLines(log).size() < 7; i++) {
            Thread.sleep(10);
        }
        assertThat(Files.readString(log)).contains("\"face\":\"/callbacks/oss\"", "\"code\":\"CallbackTokenInvalid\"");
    }
}
