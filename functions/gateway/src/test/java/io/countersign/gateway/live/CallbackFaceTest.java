package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.PercentEncoding;
import io.countersign.testkit.CallbackKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /callbacks/oss} at a running gateway: open to everyone, it takes what OSS reports of an upload that was allowed here, and nothing else. A key of this test stands for OSS's. */
class CallbackFaceTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final CallbackKey OSS = CallbackKey.of("oss");
    private static final CallbackKey MALLORY = CallbackKey.of("mallory");
    private static final String PATH = "/callbacks/oss";

    /** As OSS calls it: a proxy takes the prefix away. */
    private static final String SIGNED = "/api" + PATH;

    private static final String KEYS = "https://gosspublic.alicdn.com";
    private static final String KEY = "/callback_pub_key_v1.pem";
    private static final String STORED = "bucket=photos&object=a.png&etag=AB&size=5&mimeType=image%2Fpng&token=";

    @TempDir
    private Path directory;

    private final ProcessSettings settings = new ProcessSettings();
    private final Queue<URI> read = new ConcurrentLinkedQueue<>();
    private final Bus bus = new Bus();
    private PhotoApp app;
    private Path log;

    CallbackFaceTest() throws IOException {}

    @BeforeEach
    void serve() throws Exception {
        log = directory.resolve("decisions.log");
        settings.set("countersign.callbacks.url", "https://app.example.com" + SIGNED);
        settings.set("countersign.decisions.file", log.toString());
        settings.set("countersign.events.webhook", bus.url());
        app = PhotoApp.in(directory)
                .upload(", callback: true")
                .callbackKeys(this::key)
                .serve();
    }

    @AfterEach
    void stop() {
        app.close();
        bus.close();
        settings.close();
    }

    /** OSS's host, where Mallory has no file. */
    private byte[] key(URI uri) throws IOException {
        read.add(uri);
        if (!uri.toString().equals(KEYS + KEY)) {
            throw new IOException("404");
        }
        return OSS.pem().getBytes(StandardCharsets.US_ASCII);
    }

    /** What OSS sends when a new upload of the user is stored: the body that the gateway made, with five bytes of an image. */
    private String stored(String subject) throws Exception {
        Members upload = Members.of(Values.parse(app.post(
                        "/uploads/photo",
                        app.login(subject),
                        "{\"filename\":\"a.png\",\"contentType\":\"image/png\",\"size\":5}")
                .statusCode(200)
                .extract()
                .asByteArray()));
        String callback = Members.of(Members.of(upload.required("put")).required("headers"))
                .string("x-oss-callback");
        Members parameter = Members.of(Values.parse(Base64.getDecoder().decode(callback)));
        assertThat(parameter.string("callbackUrl")).isEqualTo("https://app.example.com" + SIGNED);
        return parameter
                .string("callbackBody")
                .replace("${bucket}", "photos")
                .replace("${object}", PercentEncoding.encode(upload.string("key")))
                .replace("${etag}", "D8E8FCA2DC0F896FD7CB4CB0031BA249")
                .replace("${size}", "5")
                .replace("${mimeType}", "image%2Fpng");
    }

    private HttpRequest.Builder call(String target, String keyUrl, String signature, String body) {
        return HttpRequest.newBuilder(URI.create(app.url() + target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("authorization", signature)
                .header(
                        "x-oss-pub-key-url",
                        Base64.getEncoder().encodeToString(keyUrl.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body));
    }

    /** A call that OSS has signed for what it called. */
    private HttpRequest.Builder signed(String body) {
        return call(PATH, KEYS + KEY, OSS.sign(SIGNED, body), body);
    }

    private static void isTaken(HttpRequest.Builder call) throws Exception {
        HttpResponse<String> answer = HTTP.send(call.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
    }

    private static void isRefused(HttpRequest.Builder call, int status, String code) throws Exception {
        HttpResponse<String> answer = HTTP.send(call.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    /** Events arrive in the order in which they were told, so that all earlier ones are there with one that is told now. */
    private List<String> toldBefore() throws Exception {
        isTaken(signed(stored("last")));
        for (int i = 0; i < 6000 && bus.received().stream().noneMatch(event -> event.contains("\"last\"")); i++) {
            Thread.sleep(10);
        }
        List<String> all = bus.received();
        assertThat(all).isNotEmpty();
        assertThat(all.getLast()).contains("\"subject\":\"last\"");
        return all.subList(0, all.size() - 1);
    }

    @Test
    void whatOssReportsIsOneEvent() throws Exception {
        isTaken(signed(stored("alice")));
        isTaken(signed(stored("bob")));

        List<String> told = toldBefore();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst())
                .contains("\"type\":\"ObjectUploaded\"")
                .contains(
                        "\"upload\":\"photo\"",
                        "\"accountId\":\"1234567890123456\"",
                        "\"bucket\":\"photos\"",
                        "\"key\":\"alice/",
                        "\"size\":5",
                        "\"eTag\":\"D8E8FCA2DC0F896FD7CB4CB0031BA249\"",
                        "\"contentType\":\"image/png\"",
                        "\"provider\":\"acs:ram::1234567890123456:oidc-provider/login\"",
                        "\"subject\":\"alice\"");
        assertThat(told.getLast()).contains("\"subject\":\"bob\"");
        assertThat(read).containsExactly(URI.create(KEYS + KEY));
    }

    @Test
    void whatIsSentAgainIsAnsweredAndTellsNothing() throws Exception {
        String body = stored("alice");
        for (int i = 0; i < 3; i++) {
            isTaken(signed(body));
        }
        assertThat(toldBefore()).hasSize(1);
        app.clock.set(Duration.ofMinutes(75));
        isRefused(signed(body), 403, "CallbackTokenInvalid");
    }

    @Test
    void whatOssHasNotSignedTellsNothing() throws Exception {
        String body = stored("alice");
        String signature = OSS.sign(SIGNED, body);
        String changed = body.replace("size=5", "size=6");
        assertThat(changed).isNotEqualTo(body);
        isRefused(call(PATH, KEYS + KEY, signature, changed), 403, "CallbackSignatureInvalid");
        for (String other : List.of(PATH, SIGNED + "/", SIGNED + "?a=b", "/api/callbacks/OSS")) {
            isRefused(call(PATH, KEYS + KEY, OSS.sign(other, body), body), 403, "CallbackSignatureInvalid");
        }
        isRefused(call(PATH, KEYS + KEY, MALLORY.sign(SIGNED, body), body), 403, "CallbackSignatureInvalid");
        isRefused(call(PATH, KEYS + KEY, "AAAA", body), 403, "CallbackSignatureInvalid");
        isRefused(call(PATH, KEYS + "/mallory.pem", MALLORY.sign(SIGNED, body), body), 503, "Unavailable");
        isRefused(call(PATH + "?", KEYS + KEY, OSS.sign(SIGNED + "?", body), body), 403, "CallbackSignatureInvalid");
        isRefused(call(PATH + "?a=b", KEYS + KEY, OSS.sign(SIGNED + "?a=b", body), body), 400, "InvalidCallback");
        for (String url : List.of("https://mallory.example" + KEY, "https://gosspublic.alicdn.com:8443" + KEY)) {
            isRefused(call(PATH, url, MALLORY.sign(SIGNED, body), body), 400, "InvalidCallback");
        }
        isRefused(call(PATH + "/x", KEYS + KEY, OSS.sign(SIGNED + "/x", body), body), 404, "NotFound");
        assertThat(toldBefore()).isEmpty();
        assertThat(read).containsOnly(URI.create(KEYS + KEY), URI.create(KEYS + "/mallory.pem"));
    }

    /** OSS signs, for any bucket, whatever body its owner names. */
    @Test
    void anotherBucketOrObjectTellsNothing() throws Exception {
        String body = stored("alice");
        for (String changed : List.of(
                body.replace("bucket=photos", "bucket=bucket-of-mallory"),
                body.replace("object=alice%2F", "object=bob%2F"),
                body.replace("size=5", "size=1001"))) {
            assertThat(changed).isNotEqualTo(body);
            isRefused(signed(changed), 403, "CallbackMismatch");
        }
        isRefused(signed(STORED + app.login("alice")), 403, "CallbackTokenInvalid");
        isRefused(signed(STORED + "a.b.c.d.e"), 403, "CallbackTokenInvalid");
        assertThat(read).isEmpty();
        assertThat(toldBefore()).isEmpty();
    }

    @Test
    void refusesAndLogsWhatItHasNotSealed() throws Exception {
        isRefused(signed(STORED + "a.b.c.d.e"), 403, "CallbackTokenInvalid");
        isRefused(signed(STORED + app.login("ann")), 403, "CallbackTokenInvalid");
        isRefused(signed("bucket=examplebucket"), 400, "InvalidCallback");
        isRefused(signed(STORED).setHeader("x-oss-pub-key-url", "AAAA"), 400, "InvalidCallback");
        isRefused(signed(STORED).setHeader("Content-Type", "application/json"), 415, "UnsupportedMediaType");
        isRefused(signed(STORED + "a".repeat(70_000)), 413, "BodyTooLarge");
        isRefused(signed(STORED).GET(), 405, "MethodNotAllowed");

        for (int i = 0; i < 500 && Files.readAllLines(log).size() < 7; i++) {
            Thread.sleep(10);
        }
        assertThat(Files.readString(log)).contains("\"face\":\"/callbacks/oss\"", "\"code\":\"CallbackTokenInvalid\"");
        assertThat(read).isEmpty();
    }
}
