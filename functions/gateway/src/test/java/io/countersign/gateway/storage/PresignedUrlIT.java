package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.JsonText;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs from {@code /presign}, opened by a client that knows nothing of OSS. */
@ExtendWith(AppStorageParameter.class)
class PresignedUrlIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;

    private final AppStorage guarded;

    PresignedUrlIT(AppStorage guarded) {
        this.guarded = guarded;
    }

    private Presigned presign(String version, String method, String key) throws Exception {
        return guarded.presign("alice", Map.of("version", version, "method", method, "bucket", BUCKET, "key", key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V4"})
    void readsByOneUrlTheObjectPutByAnother(String version) throws Exception {
        String key = "users/alice/notes/" + version + " a+b中.txt";
        Map<String, String> wanted =
                new HashMap<>(Map.of("version", version, "method", "PUT", "bucket", BUCKET, "key", key));
        wanted.put("contentType", "text/plain");
        Presigned put = guarded.presign("alice", wanted);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.url()).startsWith(guarded.storage.endpoint() + "/" + BUCKET + "/users/alice/notes/");
        assertThat(guarded.send(put.request("a note")).statusCode()).isEqualTo(200);

        Presigned get = presign(version, "GET", key);
        HttpResponse<String> answer = guarded.send(get.request(""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a note");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V4"})
    void anotherTypeThanTheSignedOneIsRefused(String version) throws Exception {
        Presigned put = guarded.presign(
                "alice",
                Map.of(
                        "version",
                        version,
                        "method",
                        "PUT",
                        "bucket",
                        BUCKET,
                        "key",
                        "users/alice/typed",
                        "contentType",
                        "image/jpeg"));
        HttpRequest other = HttpRequest.newBuilder(put.request("x").uri())
                .header("Content-Type", "text/html")
                .PUT(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        HttpResponse<String> answer = guarded.send(other);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>SignatureDoesNotMatch</Code>").contains("<StringToSign>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V4"})
    void aUrlThatWasTamperedWithIsRefused(String version) throws Exception {
        guarded.storage.seed(BUCKET, "users/alice/a.txt", "a");
        guarded.storage.seed(BUCKET, "users/bob/a.txt", "b");
        Presigned get = presign(version, "GET", "users/alice/a.txt");
        assertThat(guarded.send(get.request("")).statusCode()).isEqualTo(200);
        for (String url : new String[] {
            get.url().replace("users/alice", "users/bob"),
            get.url().replace(BUCKET, GuardedStorageManifest.PUBLIC),
            get.url() + "&response-content-type=text/html",
            get.url() + "&acl",
            get.url().replaceFirst("(?i)(?<=expires=)[0-9]", "8"),
            get.url().substring(0, get.url().length() - 3),
        }) {
            assertThat(guarded.send(get.request(url, "")).statusCode()).as(url).isBetween(400, 403);
        }
        HttpRequest delete =
                HttpRequest.newBuilder(get.request("").uri()).DELETE().build();
        assertThat(guarded.send(delete).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V4"})
    void aUrlIsRefusedOnceItHasExpired(String version) throws Exception {
        Presigned get = presign(version, "GET", "users/alice/a.txt");
        Instant expiration = Instant.parse(get.expiration());
        assertThat(guarded.judgeAt(get.url(), expiration.minusSeconds(1)).allowed())
                .isTrue();
        Verdict late = guarded.judgeAt(get.url(), expiration.plusSeconds(1));
        assertThat(late.error().get("Code")).isEqualTo("AccessDenied");
        assertThat(late.error().get("Message")).contains("expired");
    }

    @Test
    void refusesAUrlForAnotherUsersObject() throws Exception {
        Presigned other = presign("V4", "GET", "users/bob/a.txt");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.code()).isNotEmpty();
        Presigned climbing = presign("V4", "GET", "users/alice/../bob/a.txt");
        assertThat(climbing.status()).isBetween(400, 403);
        Presigned forbidden = presign("V4", "DELETE", "users/alice/a.txt");
        assertThat(forbidden.status()).isEqualTo(403);
    }

    @Test
    void refusesAUrlWithoutALogin() throws Exception {
        String wanted = JsonText.object(json -> json.put("bucket", BUCKET).put("key", "users/alice/a.txt"));
        HttpResponse<String> none = guarded.postJson("/presign", wanted);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(none.headers().firstValue("content-type")).contains("application/problem+json");
        HttpResponse<String> forged =
                guarded.postJson("/presign", wanted, "Authorization", "Bearer " + new Tokens().of("alice"));
        assertThat(forged.statusCode()).isEqualTo(401);
    }
}
