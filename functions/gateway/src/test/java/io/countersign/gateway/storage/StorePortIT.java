package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.CacheSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps do without an SDK at the store port, in front of each kind of store: forms, URLs, curl, and sessions that end. */
@Tag("ceph")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#tested")
@ExtendWith(PackagedStores.Parameter.class)
class StorePortIT {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;

    private final BackedStorage<PackagedGateway> backed;

    @TempDir
    Path directory;

    StorePortIT(StoreKind kind, PackagedStores stores) {
        this.backed = stores.of(kind);
    }

    private UploadForm form(String version) throws Exception {
        return UploadForm.ask(backed.gateway.url(), backed.tokens.of("alice"), version, "users/alice/form/" + version);
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private String stored(String key) {
        try (StorageClient client = ClientKind.SDK_V4.client(backed.endpoint, Login.ALICE)) {
            return client.get(BUCKET, key);
        }
    }

    private void isNotStored(String key) {
        RefusedByStorage refusal = catchThrowableOfType(RefusedByStorage.class, () -> stored(key));
        assertThat(refusal).as(key).isNotNull();
        assertThat(refusal.code()).isEqualTo("NoSuchKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void curlsFormUploadsAFile(String version) throws Exception {
        assertThat(Curl.post(form(version), file("a b.txt", "from curl")))
                .contains("<Bucket>examplebucket</Bucket>", "<Key>users/alice/form/" + version + "/a b.txt</Key>")
                .doesNotContain("physical")
                .endsWith("\n201");
        assertThat(stored("users/alice/form/" + version + "/a b.txt")).isEqualTo("from curl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void aFormThatSaysOtherThanItsPolicyUploadsNothing(String version) throws Exception {
        Path file = file("c.txt", "from curl");
        int before = backed.arrived();
        for (Map.Entry<String, String> change : Map.of(
                        "key", "users/alice/c.txt",
                        "content-type", "text/html",
                        "x-oss-content-type", "text/html",
                        "success_action_status", "200",
                        "x-oss-object-acl", "public-read",
                        "x-oss-tagging", "a=b")
                .entrySet()) {
            UploadForm form = form(version);
            form.fields().put(change.getKey(), change.getValue());
            assertThat(Curl.post(form, file)).as(change.getKey()).endsWith("\n403");
        }
        assertThat(Curl.post(form(version), file("long.txt", "seventeen bytes!!")))
                .contains("<Code>EntityTooLarge</Code>")
                .endsWith("\n400");
        assertThat(backed.arrived()).isEqualTo(before);
        isNotStored("users/alice/c.txt");
        isNotStored("users/alice/form/" + version + "/c.txt");
        isNotStored("users/alice/form/" + version + "/long.txt");
    }

    /** As Chrome sends it, from the app's page. */
    @Test
    void aBrowsersFormUploadsAFile() throws Exception {
        String boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
        UploadForm form = form("V4");
        StringBuilder body = new StringBuilder();
        form.fields()
                .forEach((name, value) -> body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                        + name + "\"\r\n\r\n" + value + "\r\n"));
        body.append("--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\u4e2d \u00e9.png\"\r\n"
                + "Content-Type: image/png\r\n\r\nPNG\r\n--\r\n\r\n--" + boundary + "--\r\n");
        HttpRequest request = HttpRequest.newBuilder(URI.create(form.url()))
                .header("Origin", "http://localhost:1")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("http://localhost:1");
        }
        assertThat(stored("users/alice/form/V4/\u4e2d \u00e9.png")).isEqualTo("PNG\r\n--\r\n");
    }

    private String presigned(String key) {
        try (StorageClient client = ClientKind.SDK_V4.client(backed.endpoint, Login.ALICE)) {
            return client.presign(BUCKET, key, Instant.now().plusSeconds(300));
        }
    }

    @Test
    void curlReadsRangesAndConditionsOfAPresignedUrl() throws Exception {
        backed.seed(BUCKET, "users/alice/curl/r.txt", "0123456789");
        String url = presigned("users/alice/curl/r.txt");
        assertThat(curl("-r", "2-4", url)).isEqualTo("234\n206");
        assertThat(curl("-r", "-3", url)).isEqualTo("789\n206");
        String eTag = Curl.run(List.of("-s", "-o", "/dev/null", "-w", "%header{etag}", url));
        assertThat(eTag).startsWith("\"");
        assertThat(curl("-H", "If-None-Match: " + eTag, url)).isEqualTo("\n304");
        assertThat(curl("-H", "If-Match: \"0\"", url))
                .contains("PreconditionFailed")
                .endsWith("\n412");
        assertThat(curl("-z", "Sun, 22 Nov 2015 03:00:00 GMT", url)).isEqualTo("0123456789\n200");
    }

    private static String curl(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-s", "-w", "\n%{http_code}"));
        all.addAll(List.of(arguments));
        return Curl.run(all);
    }

    /** Above a megabyte curl waits for 100 Continue. */
    @Test
    void curlUploadsAfterItMayGoOn() throws Exception {
        Path file = file("big.txt", "x".repeat(2 << 20));
        String url = backed.endpoint + "/" + GuardedStorageManifest.POSTBOX + "/big.txt";
        String said = Curl.run(List.of("-sv", "--http1.1", "--expect100-timeout", "60", "-T", file.toString(), url));
        assertThat(said).contains("> Expect: 100-continue", "< HTTP/1.1 100 Continue", "< HTTP/1.1 200 OK");
        assertThat(curl("-r", "0-3", url)).isEqualTo("xxxx\n206");
        String refused = backed.endpoint + "/" + BUCKET + "/big.txt";
        String answer =
                Curl.run(List.of("-sv", "--http1.1", "--expect100-timeout", "60", "-T", file.toString(), refused));
        assertThat(answer).contains("< HTTP/1.1 403 ").doesNotContain("100 Continue");
    }

    /**
     * S3 has no body without a length; the client need not know. S3Proxy takes a body of curl's own type, that of a form, for parameters, and then lacks it: the file has a type of its
     * own.
     */
    @Test
    void curlUploadsInChunks() throws Exception {
        Path file = file("chunked.txt", "in chunks");
        String url = backed.endpoint + "/" + GuardedStorageManifest.POSTBOX + "/chunked.txt";
        assertThat(curl(
                        "-X",
                        "PUT",
                        "-H",
                        "Transfer-Encoding: chunked",
                        "-H",
                        "Content-Type: text/plain",
                        "--data-binary",
                        "@" + file,
                        url))
                .endsWith("\n200");
        assertThat(curl(url)).isEqualTo("in chunks\n200");
    }

    @Test
    void aSessionThatIsRevokedReachesNoStoreWithinTheCachesTime() throws Exception {
        Login session = session();
        try (StorageClient client = ClientKind.SDK_V4.client(backed.endpoint, session)) {
            client.put(BUCKET, "users/alice/session.txt", "before");
            String url = client.presign(
                    BUCKET, "users/alice/session.txt", Instant.now().plusSeconds(300));
            assertThat(curl(url)).isEqualTo("before\n200");
            assertThat(PackagedGateway.run(
                                    "sessions",
                                    "revoke",
                                    "--role",
                                    "acs:ram::1234567890123456:role/mobile-app",
                                    "--data",
                                    backed.data.toString())
                            .exit())
                    .isZero();
            Instant bound = Instant.now().plus(CacheSettings.Bounds.DEFAULT.known());
            while (curl(url).endsWith("\n200") && Instant.now().isBefore(bound)) {
                Thread.sleep(100);
            }
            int before = backed.arrived();
            assertThat(curl(url)).contains("InvalidSecurityToken").endsWith("\n403");
            RefusedByStorage refusal = catchThrowableOfType(
                    RefusedByStorage.class, () -> client.put(BUCKET, "users/alice/session.txt", "after"));
            assertThat(refusal.code()).isEqualTo("InvalidSecurityToken");
            assertThat(backed.arrived()).isEqualTo(before);
        }
        assertThat(stored("users/alice/session.txt")).isEqualTo("before");
    }

    /** Alice's, as her phone gets it. */
    private Login session() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(backed.gateway.url() + "/token"))
                .header("Authorization", "Bearer " + backed.tokens.of("alice"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Members session = Members.of(
                    Values.parse(http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                            .body()));
            return new Login(
                    session.string("AccessKeyId"), session.string("AccessKeySecret"), session.string("SecurityToken"));
        }
    }
}
