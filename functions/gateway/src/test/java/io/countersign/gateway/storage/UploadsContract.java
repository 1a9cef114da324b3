package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that the manifest describes, by curl and by plain HTTP, through the store port to a store behind it. */
abstract class UploadsContract {
    private static final int PART = 5 * 1024 * 1024;

    private final BackedStorage<?> backed;

    @TempDir
    Path directory;

    UploadsContract(BackedStorage<?> backed) {
        this.backed = backed;
    }

    @Test
    void curlPutsAFileOfExactlyThisSize() throws Exception {
        Value asked = ask("avatar", file("me.PNG", "image/png", 8));
        String url = text(asked, "put.url");
        assertThat(text(asked, "key"))
                .matches(
                        "users/alice/avatar-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\.png");
        Path larger = Files.writeString(directory.resolve("larger"), "nine byte");
        Path own = Files.writeString(directory.resolve("own"), "8 bytes!");
        assertThat(put(larger, url, "image/png"))
                .contains("SignatureDoesNotMatch")
                .endsWith("\n403");
        assertThat(put(own, url, "text/html")).contains("SignatureDoesNotMatch").endsWith("\n403");
        assertThat(Curl.run(List.of(
                        "-s",
                        "-w",
                        "\n%{http_code}",
                        "-H",
                        "Content-Type: image/png",
                        "-H",
                        "Transfer-Encoding: chunked",
                        "-T",
                        own.toString(),
                        url)))
                .endsWith("\n403");
        isNotStored(text(asked, "key"));
        assertThat(put(own, url, "image/png")).endsWith("\n200");
        assertThat(stored(text(asked, "key"))).isEqualTo("8 bytes!");
    }

    @Test
    void curlPostsAFormOfAtMostTheLargestSize() throws Exception {
        Value asked = ask("photo", file("me.png", "image/png", 10));
        UploadForm form = new UploadForm(text(asked, "form.url"), fields(asked));
        Path large = Files.writeString(directory.resolve("large.png"), "x".repeat(33));
        assertThat(Curl.post(form, large)).contains("EntityTooLarge").endsWith("\n400");
        Path empty = Files.writeString(directory.resolve("empty.png"), "");
        assertThat(Curl.post(form, empty)).contains("EntityTooSmall").endsWith("\n400");
        UploadForm elsewhere = new UploadForm(form.url(), new LinkedHashMap<>(form.fields()));
        elsewhere.fields().put("key", "users/alice/other.png");
        assertThat(Curl.post(elsewhere, Files.writeString(directory.resolve("a.png"), "a")))
                .endsWith("\n403");
        assertThat(Curl.post(form, Files.writeString(directory.resolve("b.png"), "from curl")))
                .endsWith("\n204");
        assertThat(stored(text(asked, "key"))).isEqualTo("from curl");
    }

    @Test
    void curlUploadsInParts() throws Exception {
        int size = PART + 4;
        Value asked = ask("video", file("v.mp4", "video/mp4", size));
        List<Value> parts = ((Value.ArrayValue) member(asked, "multipart.parts")).elements();
        assertThat(parts).hasSize(2);
        Path first = Files.writeString(directory.resolve("1"), "x".repeat(PART));
        Path last = Files.writeString(directory.resolve("2"), "last");
        String complete = text(asked, "multipart.complete.url");
        assertThat(put(last, text(parts.get(0), "url"), ""))
                .contains("SignatureDoesNotMatch")
                .endsWith("\n403");
        assertThat(put(last, text(parts.get(1), "url"), "")).endsWith("\n200");
        refused(send("POST", complete, ""), 409, "UploadIncomplete");
        assertThat(put(first, text(parts.get(0), "url"), "")).endsWith("\n200");
        HttpResponse<String> completed = send("POST", complete, "");
        assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
        assertThat(text(Values.parse(completed.body()), "key")).isEqualTo(text(asked, "key"));
        assertThat(stored(text(asked, "key"))).hasSize(size).endsWith("xlast");
        HttpResponse<String> again = send("POST", complete, "");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(completed.body());
    }

    @Test
    void anAbortedUploadIsGone() throws Exception {
        Value asked = ask("video", file("v.mp4", "video/mp4", 4));
        List<Value> parts = ((Value.ArrayValue) member(asked, "multipart.parts")).elements();
        Path only = Files.writeString(directory.resolve("1"), "last");
        assertThat(put(only, text(parts.get(0), "url"), "")).endsWith("\n200");
        assertThat(send("POST", text(asked, "multipart.abort.url"), "").statusCode())
                .isEqualTo(200);
        refused(send("POST", text(asked, "multipart.complete.url"), ""), 404, "UploadEnded");
        isNotStored(text(asked, "key"));
    }

    @Test
    void companionsPathsUpload() throws Exception {
        Value created = json(send(
                "POST",
                base("video") + "/s3/multipart",
                "{\"filename\":\"v.mp4\",\"type\":\"video/mp4\",\"metadata\":{\"name\":\"v\"}}"));
        String key = "?key=" + URLEncoder.encode(text(created, "key"), StandardCharsets.UTF_8);
        String path = base("video") + "/s3/multipart/" + text(created, "uploadId");
        String url = text(json(send("GET", path + "/1" + key, "")), "url");
        String eTag;
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .PUT(BodyPublishers.ofString("from uppy"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            eTag = answer.headers().firstValue("ETag").orElseThrow();
        }
        Value listed = json(send("GET", path + key, ""));
        assertThat(((Value.ArrayValue) listed).elements()).hasSize(1);
        String parts = JsonText.object(json -> json.array(
                "parts", all -> all.object(part -> part.put("PartNumber", 1).put("ETag", eTag.replace("\"", "")))));
        Value completed = json(send("POST", path + "/complete" + key, parts));
        assertThat(json(send("POST", path + "/complete" + key, parts))).isEqualTo(completed);
        assertThat(text(completed, "location")).startsWith(backed.endpoint).endsWith(text(created, "key"));
        assertThat(stored(text(created, "key"))).isEqualTo("from uppy");
    }

    @Test
    void whatIsTooLargeIsDeletedWhenItCompletes() throws Exception {
        Value created =
                json(send("POST", base("clip") + "/s3/multipart", "{\"filename\":\"c.mp4\",\"type\":\"video/mp4\"}"));
        String path = base("clip") + "/s3/multipart/" + text(created, "uploadId");
        Path nine = Files.writeString(directory.resolve("nine"), "nine byte");
        assertThat(put(nine, text(json(send("GET", path + "/1", "")), "url"), ""))
                .endsWith("\n200");
        String complete = base("clip") + "/multipart/" + text(created, "uploadId") + "/complete";
        refused(send("POST", complete, ""), 400, "FileTooLarge");
        refused(send("POST", complete, ""), 404, "UploadEnded");
        isNotStored(text(created, "key"));
    }

    private String base(String name) {
        return backed.gateway.url() + "/uploads/" + name;
    }

    private Value ask(String name, String body) throws Exception {
        return json(send("POST", base(name), body));
    }

    private HttpResponse<String> send(String method, String url, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + backed.tokens.of("alice"))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String put(Path file, String url, String type) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-s", "-w", "\n%{http_code}", "-T", file.toString()));
        if (!type.isEmpty()) {
            arguments.addAll(List.of("-H", "Content-Type: " + type));
        }
        arguments.add(url);
        return Curl.run(arguments);
    }

    private String stored(String key) {
        try (StorageClient client = ClientKind.SDK_V4.client(backed.endpoint, Login.ALICE)) {
            return client.get(GuardedStorageManifest.PRIVATE, key);
        }
    }

    private void isNotStored(String key) {
        RefusedByStorage refusal = catchThrowableOfType(RefusedByStorage.class, () -> stored(key));
        assertThat(refusal).as(key).isNotNull();
        assertThat(refusal.code()).isEqualTo("NoSuchKey");
    }

    private static String file(String name, String type, long size) {
        return JsonText.object(
                json -> json.put("filename", name).put("contentType", type).put("size", size));
    }

    private static Map<String, String> fields(Value asked) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        for (var field :
                ((Value.ObjectValue) member(asked, "form.fields")).members().entrySet()) {
            fields.put(field.getKey(), Members.string(field.getValue()));
        }
        return fields;
    }

    private static void refused(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(text(Values.parse(answer.body()), "code")).isEqualTo(code);
    }

    private static Value json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Values.parse(answer.body());
    }

    private static Value member(Value value, String path) throws Exception {
        Value at = value;
        for (String name : path.split("\\.")) {
            at = Members.of(at).required(name);
        }
        return at;
    }

    private static String text(Value value, String path) throws Exception {
        return Members.string(member(value, path));
    }
}
